import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Context } from 'aws-lambda';
import { createDynamoJobStore } from '../../lambdas/shared/dynamo-job-store.ts';
import { ids } from '../../lambdas/shared/ids.ts';
import { createS3MultipartUploads } from '../../lambdas/shared/s3-multipart-uploads.ts';
import { createS3ObjectStore } from '../../lambdas/shared/s3-object-store.ts';
import { aClip, aJob } from '../support/builders.ts';
import { aBucket, aDynamoTable } from '../support/local-services.ts';

const lastYear = '2025-01-01T00:00:00.000Z';
/** What EventBridge sends each hour. */
const tick = { 'detail-type': 'Scheduled Event', source: 'aws.events', detail: {} } as never;

let table: Awaited<ReturnType<typeof aDynamoTable>>;
let bucket: Awaited<ReturnType<typeof aBucket>>;
let deps: Parameters<typeof import('../../lambdas/delete-job/handler.ts').createHandler>[0];
let handle: ReturnType<typeof import('../../lambdas/delete-job/handler.ts').createHandler>;

beforeAll(async () => {
  table = await aDynamoTable();
  bucket = await aBucket();
  deps = {
    jobs: createDynamoJobStore(table.client, table.TableName),
    uploads: createS3ObjectStore(bucket.client, bucket.name),
    clips: createS3ObjectStore(bucket.client, bucket.name),
    multipart: createS3MultipartUploads(bucket.client, bucket.name),
    ids,
  };
  // Loading the module builds the handler that is deployed; this is not the one that is tested.
  Object.assign(process.env, { TABLE_NAME: 'unused', UPLOADS_BUCKET: 'unused', CLIPS_BUCKET: 'unused' });
  const { createHandler } = await import('../../lambdas/delete-job/handler.ts');
  handle = createHandler(deps);
});
afterAll(async () => {
  await table.stop();
  await bucket.stop();
});

/** A deleted job whose second clip was written after its objects were erased. */
async function buried(jobId: string, at: string) {
  const segments = [1, 2].map((start) => ({
    startSeconds: start,
    endSeconds: start + 5,
    title: '',
    reason: '',
  }));
  const clip = aClip({ jobId, clipNumber: 2, key: `clips/${ids.ownerHash('alice')}/${jobId}/002.mp4` });
  await deps.jobs.create(aJob({ jobId, status: 'cancelled', segments }));
  await deps.jobs.bury(jobId, { status: ['cancelled'], attempt: 1 }, at);
  await deps.jobs.createClips([clip]);
  await deps.clips.putBytes(clip.key, new Uint8Array(1), { contentType: 'video/mp4' });
  return clip.key;
}

describe('delete-job, called each hour', () => {
  it('erases what came late, forgets old tombstones, and leaves young ones', async () => {
    const [old, young] = [await buried('old', lastYear), await buried('young', new Date().toISOString())];

    await handle(tick, { awsRequestId: 'request-1', functionName: 'delete-job' } as Context);

    expect(await deps.clips.head(old)).toBeUndefined();
    expect(await deps.jobs.getClips('old')).toEqual([]);
    expect(await deps.clips.head(young)).toBeDefined();
    const left = await Array.fromAsync(deps.jobs.listBuried());
    expect(left.map(({ jobId }) => jobId)).toEqual(['young']);
  });
});
