import { ListMultipartUploadsCommand, ListObjectsV2Command } from '@aws-sdk/client-s3';
import fc from 'fast-check';
import { anApi } from '../../test/support/api.ts';
import type { TestCloud } from '../../test/support/cloud.ts';
import type { TrialOptions } from '../run-trial.ts';
import { type AlicesJob, alicesJobs, whatAliceHas } from './alices-jobs.ts';
import type { Operation } from './api-document.ts';
import { type JobNames, withNames } from './jobs-at-hand.ts';
import { planOf, type RequestPlan } from './make-request.ts';
import type { Answer, createSender } from './send.ts';
import { writeRequest } from './write-request.ts';

interface Trespassing extends TrialOptions {
  local: TestCloud;
  operations: Operation[];
  send: ReturnType<typeof createSender>['send'];
}

/** Of the form of alice's, but nobody's. */
const nobodys: JobNames = {
  job_id: '11111111-2222-4333-8444-555555555555',
  s3_key: 'uploads/0123456789abcdef0123456789abcdef/11111111-2222-4333-8444-555555555555/source.mp4',
  upload_id: '11111111-2222-4333-8444-666666666666',
};

/**
 * Bob calls every route with the names of each of alice's jobs, alone and mixed with his own. He has to get what he
 * gets for names that nobody has, and to learn nothing; and alice has to have afterwards what she had before.
 */
export async function twoOwners({ local, operations, send, seed, signal, print }: Trespassing) {
  const { alice = '', bob = '' } = local.cloud.tokens ?? {};
  const api = anApi(local.cloud.apiUrl, alice);
  const jobs = await alicesJobs(api);
  const before = [await whatAliceHas(api, jobs), await whatIsStored(local, jobs)];
  const bobs = (
    await anApi(local.cloud.apiUrl, bob).post('/api/upload/multipart/initiate', {
      filename: 'bobs.mp4',
      file_size: 6e6,
    })
  ).body;
  const counts = { trespasses: 0, leaks: 0 };
  const leak = (text: string) => {
    counts.leaks += 1;
    print(text);
  };

  for (const operation of operations) {
    for (const { state, names } of jobs) {
      for (const [way, mine, unknown] of waysToAsk(names, bobs)) {
        if (signal.aborted) return counts;
        const [plan] = fc.sample(
          planOf(operation, 'valid', (value) => value),
          { numRuns: 1, seed: seed + counts.trespasses },
        );
        if (!plan) continue;
        const ask = (these: JobNames) =>
          send(writeRequest({ ...onlyNames(plan), ...filled(plan, these) }, bob, 0));
        const told = await ask(mine);
        const toldOfNobodys = await ask(unknown);
        counts.trespasses += 1;
        const where = `Bob at ${operation.route} with the names of alice's job ${state} (${way})`;
        if (namesJob(plan) && shape(told, mine) !== shape(toldOfNobodys, unknown))
          leak(`${where}: gets another answer than for nobody's: ${told.status}, ${toldOfNobodys.status}`);
        for (const secret of secretsOf(jobs, mine))
          if (told.text.includes(secret)) leak(`${where}: is told ${secret}`);
      }
    }
  }

  const after = [await whatAliceHas(api, jobs), await whatIsStored(local, jobs)];
  for (const [index, what] of ['jobs', 'objects'].entries()) {
    if (before[index] !== after[index]) leak(`Alice's ${what} are not what they were.`);
  }
  return counts;
}

/** All of alice's names; her key and upload with bob's own job; and the same with what nobody has. */
function waysToAsk(alices: JobNames, bobs: JobNames): [string, JobNames, JobNames][] {
  const { job_id } = bobs;
  return [
    ['all', alices, { ...nobodys, cursor: alices.cursor }],
    ['her key, his job', { ...alices, job_id }, { ...nobodys, job_id, cursor: alices.cursor }],
  ];
}

/** What has no default is fixed, so that two answers can be compared. */
function onlyNames(plan: RequestPlan): RequestPlan {
  return { ...plan, slash: false };
}

function filled(plan: RequestPlan, names: JobNames) {
  return {
    path: withNames(plan.path, names),
    query: withNames(plan.query, names),
    body: withNames(plan.body, names),
  };
}

const namesJob = ({ operation }: RequestPlan) =>
  /\{(id|uploadId)\}|multipart\/(urls|parts|complete|abort)|create-job/.test(operation.route);

/** An answer but for what is of this request alone. */
function shape({ status, text }: Answer, names: JobNames): string {
  const said = Object.values(names).reduce((rest, name) => (name ? rest.replaceAll(name, '…') : rest), text);
  return `${status} ${said.replace(/"request_id":"[^"]*"/, '')}`;
}

/** What is alice's, and was not in the request. */
function secretsOf(jobs: AlicesJob[], sent: JobNames): string[] {
  const hash = jobs[0]?.names.s3_key?.split('/')[1] ?? '';
  const all = jobs.flatMap(({ names }) => [names.job_id, names.upload_id]);
  const given = Object.values(sent).join('\n');
  return ['alices-secret', hash, ...all].filter((secret) => secret && !given.includes(secret)) as string[];
}

/** Alice's objects and unfinished uploads; what belongs to the job that runs comes and goes. */
async function whatIsStored({ s3, uploads, clips }: TestCloud, jobs: AlicesJob[]): Promise<string> {
  const running = jobs.find(({ state }) => state === 'running')?.names.job_id ?? '';
  const isKept = ({ Key = '' }) =>
    !Key.includes(running) && jobs.some(({ names }) => Key.includes(names.job_id ?? ''));
  const listed = [];
  for (const Bucket of [uploads, clips]) {
    const { Contents = [] } = await s3.send(new ListObjectsV2Command({ Bucket }));
    const { Uploads = [] } = await s3.send(new ListMultipartUploadsCommand({ Bucket }));
    listed.push(
      Contents.filter(isKept).map(({ Key, ETag }) => [Key, ETag]),
      Uploads.filter(isKept).map(({ Key, UploadId }) => [Key, UploadId]),
    );
  }
  return JSON.stringify(listed);
}
