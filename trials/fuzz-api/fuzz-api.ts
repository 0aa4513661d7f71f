import { aCloud } from '../../test/support/cloud.ts';
import type { TrialCounts, TrialOptions } from '../run-trial.ts';
import { operationsOf } from './api-document.ts';
import { checkNames } from './check-names.ts';
import { fuzzRequests } from './fuzz-requests.ts';
import { createSender } from './send.ts';

/** So that no request is refused only because there are so many. */
const settings = {
  requestsPerSecond: '10000',
  maxActiveJobs: '200',
  maxDailyBytes: String(Number.MAX_SAFE_INTEGER),
};

/** `runs` requests, a stranger to every route, five names a request; against a cloud of its own. */
export async function fuzzApi(options: TrialOptions): Promise<TrialCounts> {
  const { runs, print } = options;
  const names = checkNames({ ...options, runs: runs * 5 });
  const { cloud, stop } = await aCloud({ auth: true, settings });
  const { send, close } = createSender(cloud.apiUrl);
  try {
    const { alice = '' } = cloud.tokens ?? {};
    const document = await send({ method: 'GET', path: '/api/openapi.json', headers: {} });
    const operations = operationsOf(JSON.parse(document.text));
    const requests = await fuzzRequests({ ...options, operations, send, token: alice });

    const health = await send({ method: 'GET', path: '/api/health', headers: {} });
    const isAlive = health.status === 200;
    if (!isAlive) print('The cloud does not answer any more.');
    return {
      runs,
      routes: operations.length,
      ...requests,
      ...names,
      violations: requests.violations + names.violations + (isAlive ? 0 : 1),
    };
  } finally {
    close();
    await stop();
  }
}
