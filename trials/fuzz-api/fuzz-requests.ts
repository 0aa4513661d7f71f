import fc from 'fast-check';
import type { TrialOptions } from '../run-trial.ts';
import type { Operation } from './api-document.ts';
import { type JobNames, withNames } from './jobs-at-hand.ts';
import { createJudge } from './judge-answer.ts';
import { anyRequest, type RequestPlan } from './make-request.ts';
import type { Answer, createSender } from './send.ts';
import { writeRequest } from './write-request.ts';

interface Fuzzing extends TrialOptions {
  operations: Operation[];
  send: ReturnType<typeof createSender>['send'];
  token: string;
}

const callersAtOnce = 8;
const batch = 500;
/** More than this wait for no upload at a time: there is a quota. */
const mostWaiting = 40;

/** Sends so many generated requests and judges every answer. */
export async function fuzzRequests({ operations, send, token, runs, seed, signal, print }: Fuzzing) {
  const problem = operations
    .find(({ responses }) => responses[422])
    ?.responses[422]?.get('application/problem+json');
  if (!problem) throw new Error('The document tells of no problem.');
  const { judge } = createJudge(problem);
  const counts: Record<string, number> & { violations: number } = { requests: 0, violations: 0 };
  const jobs: JobNames[] = [];
  const count = (name: string) => {
    counts[name] = (counts[name] ?? 0) + 1;
  };

  async function call(plan: RequestPlan, number: number): Promise<void> {
    const names = jobs[number % Math.max(1, jobs.length)] ?? {};
    const filled = {
      ...plan,
      path: withNames(plan.path, names),
      query: withNames(plan.query, names),
      body: withNames(plan.body, names),
    };
    const request = writeRequest(filled, token, number);
    const answer = await send(request).catch((error: Error) => error);
    counts.requests! += 1;
    if (answer instanceof Error) {
      // Who breaks HTTP itself may be hung up on.
      if (plan.malformation === 'none') report(plan, number, [`no answer: ${answer.message}`]);
      else count('hung_up');
      return;
    }
    count(`status_${answer.status}`);
    report(plan, number, judge(request.isToRoute ? plan.operation : undefined, request.method, answer));
    await remember(answer);
  }

  function report({ operation, kind, malformation }: RequestPlan, number: number, wrongs: string[]): void {
    counts.violations += wrongs.length;
    for (const wrong of wrongs)
      print(`Request ${number}, ${operation.route}, ${kind}, ${malformation}: ${wrong}`);
  }

  /** What was made is there for later requests; but not too much of it at a time. */
  async function remember({ status, text }: Answer): Promise<void> {
    const names = status < 300 ? namesIn(text) : undefined;
    if (!names?.job_id || jobs.some(({ job_id }) => job_id === names.job_id)) return;
    jobs.push(names);
    if (jobs.length <= mostWaiting) return;
    const oldest = jobs.shift();
    await send({
      method: 'POST',
      path: `/api/jobs/${oldest?.job_id}/cancel`,
      headers: { authorization: `Bearer ${token}` },
    });
  }

  const arbitrary = anyRequest(operations);
  for (let from = 0; from < runs && !signal.aborted; from += batch) {
    const plans = fc.sample(arbitrary, {
      numRuns: Math.min(batch, runs - from),
      seed: seed * 1_000_003 + from,
    });
    const queue = plans.entries();
    const callers = Array.from({ length: callersAtOnce }, async () => {
      for (const [index, plan] of queue) {
        if (signal.aborted) return;
        await call(plan, from + index);
      }
    });
    await Promise.all(callers);
  }
  return counts;
}

/** Of an answer that made a job. */
function namesIn(text: string): JobNames | undefined {
  try {
    const { job_id, s3_key, upload_id, key, uploadId, fields, next_cursor } = JSON.parse(text);
    const sourceKey = s3_key ?? key ?? fields?.key;
    return {
      job_id: job_id ?? sourceKey?.split('/')[2],
      s3_key: sourceKey,
      upload_id: upload_id ?? uploadId,
      cursor: next_cursor ?? undefined,
    };
  } catch {
    return undefined;
  }
}
