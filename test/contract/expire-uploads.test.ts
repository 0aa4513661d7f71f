import { ListMultipartUploadsCommand } from '@aws-sdk/client-s3';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { reconcileJobs } from '../../core/jobs/reconcile-jobs.ts';
import { beginMultipart } from '../../core/uploads/begin-multipart.ts';
import { createDynamoJobStore } from '../../lambdas/shared/dynamo-job-store.ts';
import { ids } from '../../lambdas/shared/ids.ts';
import { createS3MultipartUploads } from '../../lambdas/shared/s3-multipart-uploads.ts';
import { createS3ObjectStore } from '../../lambdas/shared/s3-object-store.ts';
import { createS3UrlSigner } from '../../lambdas/shared/s3-url-signer.ts';
import { aJob, noon } from '../support/builders.ts';
import { aBucket, aDynamoTable } from '../support/local-services.ts';
import { memoryAnnouncements } from '../support/memory-announcements.ts';
import { memoryUsageStore } from '../support/memory-usage-store.ts';
import { memoryWorkflow } from '../support/memory-workflow.ts';

const nextNoon = '2026-01-02T12:00:00.000Z';
let bucket: Awaited<ReturnType<typeof aBucket>>;
let table: Awaited<ReturnType<typeof aDynamoTable>>;

beforeAll(async () => {
  [bucket, table] = await Promise.all([aBucket(), aDynamoTable()]);
});
afterAll(() => Promise.all([bucket.stop(), table.stop()]));

describe('an upload in parts that nobody finished', () => {
  it('is left alone for a day, then it expires and S3 keeps nothing of it', async () => {
    const { client, name } = bucket;
    const objects = createS3ObjectStore(client, name);
    const deps = {
      jobs: createDynamoJobStore(table.client, table.TableName),
      uploads: objects,
      clips: objects,
      multipart: createS3MultipartUploads(client, name),
      workflow: memoryWorkflow(),
      announcements: memoryAnnouncements(),
      usage: memoryUsageStore(),
      ids,
    };
    const { settings } = aJob();
    const request = { filename: 'talk.mp4', sizeBytes: 1000, autoStart: true, settings };
    const { job } = await beginMultipart(deps, 'alice', request, noon);
    const part = { key: job.source.key, uploadId: job.upload.uploadId, partNumber: 1, sizeBytes: 1000 };
    const { url } = await createS3UrlSigner(client, { uploads: name }).signPart(part);
    const sent = await fetch(url, { method: 'PUT', body: new Uint8Array(1000) });
    const unfinished = async () => {
      const { Uploads = [] } = await client.send(new ListMultipartUploadsCommand({ Bucket: name }));
      return Uploads.map(({ UploadId }) => UploadId);
    };

    const early = await reconcileJobs(deps, () => '2026-01-02T11:59:59.000Z');
    const kept = await unfinished();
    const late = await reconcileJobs(deps, () => nextNoon);

    expect(sent.status).toBe(200);
    expect(early).toMatchObject({ repairs: [], errors: [] });
    expect(kept).toEqual([job.upload.uploadId]);
    expect(late.repairs).toEqual([{ jobId: job.jobId, repair: 'expired' }]);
    expect(await unfinished()).toEqual([]);
    expect(await deps.jobs.get(job.jobId)).toMatchObject({ status: 'expired' });
  });
});
