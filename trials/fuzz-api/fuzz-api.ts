import { aCloud } from '../../test/support/cloud.ts';
import type { TrialCounts, TrialOptions } from '../run-trial.ts';
import { operationsOf } from './api-document.ts';
import { checkNames } from './check-names.ts';
import { fuzzRequests } from './fuzz-requests.ts';
import { searchLogs } from './search-logs.ts';
import { createSender } from './send.ts';
import { twoOwners } from './two-owners.ts';

/** So that no request is refused only because there are so many. */
const roomy = {
  requestsPerSecond: '10000',
  maxActiveJobs: '200',
  maxDailyBytes: String(Number.MAX_SAFE_INTEGER),
};

/** `runs` requests, a stranger at every route, five names a request; against a cloud of its own. */
export async function fuzzApi(
  options: TrialOptions,
  settings: Record<string, string> = roomy,
): Promise<TrialCounts> {
  const { runs, print } = options;
  const names = checkNames({ ...options, runs: runs * 5 });
  const local = await aCloud({ auth: true, settings });
  const { send, close } = createSender(local.cloud.apiUrl);
  try {
    const { alice = '', bob = '' } = local.cloud.tokens ?? {};
    const document = await send({ method: 'GET', path: '/api/openapi.json', headers: {} });
    const operations = operationsOf(JSON.parse(document.text));
    const trespassing = await twoOwners({ ...options, local, operations, send });
    const requests = await fuzzRequests({ ...options, operations, send, token: bob });

    const { status } = await send({ method: 'GET', path: '/api/health', headers: {} });
    if (status !== 200) print('The cloud does not answer any more.');
    const { log_lines, secrets_logged } = searchLogs(local, [alice, bob]);
    for (const secret of secrets_logged) print(`In the logs there is: ${secret}`);
    const others = trespassing.leaks + secrets_logged.length + (status === 200 ? 0 : 1);
    return {
      // As many as there were: an interrupted trial sends fewer.
      runs: requests.requests ?? 0,
      routes: operations.length,
      ...requests,
      ...trespassing,
      ...names,
      log_lines,
      violations: requests.violations + names.violations + others,
    };
  } finally {
    close();
    await local.stop();
  }
}
