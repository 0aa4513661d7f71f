import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import { existsSync, readFileSync } from 'node:fs';
import type { IncomingMessage } from 'node:http';
import { join } from 'node:path';
import { functionsOf } from '../local/functions/function-definition.ts';
import { anApi } from '../test/support/api.ts';
import { aCloud, type TestCloud } from '../test/support/cloud.ts';
import { executionsOf } from '../test/support/executions.ts';
import { watchPeakOfSum } from '../test/support/peak-memory.ts';
import { verbs } from './staged-functions.ts';

const requestStart = 'http.server.request.start';
const stepVerbs = new Set(verbs.filter(({ isStep }) => isStep).map(({ verb }) => verb));
const writes = /^DynamoDB_\w+\.(?:PutItem|UpdateItem|DeleteItem|BatchWriteItem)$/;

export interface Counts {
  seconds: number;
  /** Of the state machines: states entered that call a function, tries again included. */
  transitions: number;
  /** Sent to the table, those included whose condition failed. */
  writes: number;
  /** The most resident memory of this process, the functions and ffmpeg together, in MB. */
  megabytes: number;
}

/** The local cloud within this process, where all that reaches its services can be counted. */
export async function countedCloud() {
  const local = await aCloud();
  let written = 0;
  const count = (message: unknown) => {
    const { request } = message as { request: IncomingMessage };
    if (writes.test(String(request.headers['x-amz-target']))) written += 1;
  };
  subscribe(requestStart, count);

  return {
    api: anApi(local.cloud.apiUrl),
    stateOf: executionsOf(local).statusOf,

    /** What the cloud does while `work` runs. */
    async during(work: () => Promise<unknown>): Promise<Counts> {
      const before = { written, steps: stepCalls(local) };
      const memory = watchPeakOfSum(process.pid);
      const startedAt = performance.now();
      await work();
      return {
        seconds: (performance.now() - startedAt) / 1000,
        transitions: stepCalls(local) - before.steps,
        writes: written - before.written,
        megabytes: memory.stop() / 1e6,
      };
    },

    async [Symbol.asyncDispose]() {
      unsubscribe(requestStart, count);
      await local.stop();
    },
  };
}

/** Each call of a step is in its function's log. */
function stepCalls({ dataDir, cloud }: TestCloud): number {
  return functionsOf(cloud.stack)
    .filter(({ variables }) => stepVerbs.has(variables.POWERTOOLS_SERVICE_NAME ?? ''))
    .map(({ name }) => join(dataDir, 'logs', `${name}.log`))
    .filter((path) => existsSync(path))
    .map((path) => readFileSync(path, 'utf8').match(/^START RequestId/gm)?.length ?? 0)
    .reduce((sum, calls) => sum + calls, 0);
}
