import { afterAll, beforeAll, describe } from '@jest/globals';
import type { JobStore } from '../../core/ports/job-store.ts';
import { createDynamoJobStore } from '../../lambdas/shared/dynamo-job-store.ts';
import { aDynamoTable } from './local-services.ts';
import { memoryJobStore } from './memory-job-store.ts';

const adapters: Record<string, () => Promise<{ open: () => JobStore; stop: () => Promise<void> }>> = {
  'in memory': async () => ({ open: memoryJobStore, stop: async () => undefined }),
  'on DynamoDB': async () => {
    const { client, TableName, stop } = await aDynamoTable();
    return { open: () => createDynamoJobStore(client, TableName), stop };
  },
};

/** What a test has to itself: the store is everybody's, the ids are its own. */
interface Given {
  jobs: JobStore;
  jobId: string;
  owner: string;
}

/** Runs the same tests on each adapter; a test begins by asking for what is given. */
export function describeJobStores(tests: (given: () => Given) => void): void {
  describe.each(Object.entries(adapters))('the jobs table %s', (_name, start) => {
    let service: Awaited<ReturnType<typeof start>>;
    let jobs: JobStore;
    let serial = 0;

    beforeAll(async () => {
      service = await start();
      jobs = service.open();
    });
    afterAll(() => service.stop());

    tests(() => {
      serial += 1;
      return { jobs, jobId: `job-${serial}`, owner: `owner-${serial}` };
    });
  });
}
