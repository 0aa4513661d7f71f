import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { createDynamoJobStore } from '../../lambdas/shared/dynamo-job-store.ts';
import { createMeter } from '../../lambdas/shared/meter.ts';
import { meteredDynamo, meteredS3 } from '../../lambdas/shared/metered-clients.ts';
import { createS3ObjectStore } from '../../lambdas/shared/s3-object-store.ts';
import { aJob } from '../support/builders.ts';
import { aBucket, aDynamoTable } from '../support/local-services.ts';

const meter = createMeter(
  () => 0,
  () => 512,
);

beforeEach(() => meter.start());

describe('a metered S3', () => {
  let service: Awaited<ReturnType<typeof aBucket>>;
  beforeAll(async () => {
    service = await aBucket();
  });
  afterAll(() => service.stop());

  it('counts each request as S3 bills it: writes, reads, also of what is not there, and no deletes', async () => {
    const store = createS3ObjectStore(meteredS3(service.client, meter), service.name);
    const signal = new AbortController().signal;

    const object = await store.putBytes('key', new Uint8Array([1, 2, 3]), { contentType: 'text/plain' });
    await store.head('key');
    await store.head('nothing');
    await store.open(object).read(0, 2, signal);
    await store.delete(object);

    expect(meter.taken()).toMatchObject({ s3Writes: 1, s3Reads: 3, tableWrites: 0, tableReads: 0 });
  });
});

describe('a metered DynamoDB', () => {
  let service: Awaited<ReturnType<typeof aDynamoTable>>;
  beforeAll(async () => {
    service = await aDynamoTable();
  });
  afterAll(() => service.stop());

  it('counts units by the size of what is written and read', async () => {
    const jobs = createDynamoJobStore(meteredDynamo(service.client, meter), service.TableName);
    const notes = ['x'.repeat(9000)];

    await jobs.create(aJob({ notes }));
    const written = meter.taken();
    meter.start();
    await jobs.get('job-1');

    expect(written?.tableReads).toBe(0);
    expect(written?.tableWrites).toBeGreaterThanOrEqual(9);
    expect(meter.taken()).toMatchObject({ tableWrites: 0, tableReads: 3 });
  });
});
