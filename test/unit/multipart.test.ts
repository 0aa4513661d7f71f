import { describe, expect, it } from '@jest/globals';
import { reconcileJobs } from '../../core/jobs/reconcile-jobs.ts';
import { abortMultipart } from '../../core/uploads/abort-multipart.ts';
import { completeMultipart } from '../../core/uploads/complete-multipart.ts';
import { listParts } from '../../core/uploads/list-parts.ts';
import type { UploadClaim } from '../../core/uploads/own-upload.ts';
import { signParts } from '../../core/uploads/sign-parts.ts';
import { noon } from '../support/builders.ts';
import { aBegunUpload, type BegunUpload, rest, sizeBytes } from '../support/uploads-in-parts.ts';

const MIB = 1024 ** 2;
const nextDay = '2026-01-02T12:00:01.000Z';

describe('an upload in parts', () => {
  it('has URLs that each take exactly the bytes of their part', async () => {
    const { deps, claim } = await aBegunUpload();
    const { urls, expiresInSeconds } = await signParts(deps, 'alice', claim, [2, 1]);

    expect(urls).toEqual([
      { partNumber: 2, url: 'http://s3/2' },
      { partNumber: 1, url: 'http://s3/1' },
    ]);
    expect(expiresInSeconds).toBe(3600);
    expect(deps.signed).toEqual([
      { partNumber: 2, sizeBytes: 1000 },
      { partNumber: 1, sizeBytes: 5 * MIB },
    ]);
  });

  it('has no URL for a part beyond its last', async () => {
    const { deps, claim } = await aBegunUpload();
    await expect(signParts(deps, 'alice', claim, [1, 3])).rejects.toMatchObject({
      code: 'validation-failed',
      errors: [{ field: 'part_numbers.1' }],
    });
  });

  it('tells what has arrived', async () => {
    const { deps, claim } = await aBegunUpload();
    const etag = deps.multipart.sendPart(claim, 2, rest);

    expect(await listParts(deps, 'alice', claim)).toMatchObject({
      parts: [{ partNumber: 2, etag, sizeBytes: 1000 }],
      plan: { partSizeBytes: 5 * MIB, numParts: 2 },
    });
  });

  it('becomes the source that was declared, and its job still waits for its start', async () => {
    const { deps, claim, sendAll, complete } = await aBegunUpload();
    const { etag } = await complete(sendAll());

    expect(await deps.uploads.head(claim.key)).toMatchObject({ etag, sizeBytes, contentType: 'video/mp4' });
    expect(await deps.jobs.get(claim.jobId)).toMatchObject({ status: 'awaiting_upload' });
  });
});

describe('aborting', () => {
  it('forgets the parts and cancels the job, as often as it is said', async () => {
    const { deps, claim, sendAll, complete } = await aBegunUpload();
    sendAll();

    await abortMultipart(deps, 'alice', claim, noon);
    await abortMultipart(deps, 'alice', claim, noon);

    expect(deps.multipart.open()).toEqual([]);
    expect(await deps.jobs.get(claim.jobId)).toMatchObject({ status: 'cancelled' });
    expect(deps.jobs.notes).toHaveLength(1);
    await expect(complete([])).rejects.toMatchObject({ code: 'upload-not-found' });
  });

  it('is too late once the source is there, and keeps it', async () => {
    const { deps, claim, sendAll, complete } = await aBegunUpload();
    await complete(sendAll());

    const refused = abortMultipart(deps, 'alice', claim, noon);

    await expect(refused).rejects.toMatchObject({ code: 'upload-not-found' });
    expect(deps.uploads.keys()).toEqual([claim.key]);
    expect(await deps.jobs.get(claim.jobId)).toMatchObject({ status: 'awaiting_upload' });
  });

  it('is done by reconciliation for an upload that was never finished', async () => {
    const { deps, claim, sendAll } = await aBegunUpload();
    sendAll();

    const { repairs } = await reconcileJobs(deps, () => nextDay);

    expect(repairs).toEqual([{ jobId: claim.jobId, repair: 'expired' }]);
    expect(deps.multipart.open()).toEqual([]);
    await expect(listParts(deps, 'alice', claim)).rejects.toMatchObject({ code: 'upload-not-found' });
  });
});

describe('an upload is asked for by its owner, with what belongs together', () => {
  type Deps = BegunUpload['deps'];
  const calls: Record<string, (deps: Deps, owner: string, asked: UploadClaim) => Promise<unknown>> = {
    urls: (deps, owner, asked) => signParts(deps, owner, asked, [1]),
    parts: listParts,
    complete: (deps, owner, asked) => completeMultipart(deps, owner, asked, []),
    abort: (deps, owner, asked) => abortMultipart(deps, owner, asked, noon),
  };

  it.each(Object.entries(calls))('%s', async (_name, call) => {
    const { deps, claim } = await aBegunUpload();
    const other = { ...claim, key: 'uploads/x/y/source.mp4' };
    const { uploadId } = await deps.multipart.begin({ key: claim.key, contentType: 'video/mp4' });

    await expect(call(deps, 'bob', claim)).rejects.toMatchObject({ code: 'job-not-found' });
    await expect(call(deps, 'alice', { ...claim, jobId: 'none' })).rejects.toMatchObject({
      code: 'job-not-found',
    });
    await expect(call(deps, 'alice', other)).rejects.toMatchObject({
      code: 'wrong-key',
      errors: [{ field: 's3_key' }],
    });
    await expect(call(deps, 'alice', { ...claim, uploadId })).rejects.toMatchObject({
      code: 'wrong-key',
      errors: [{ field: 'upload_id' }],
    });
    expect(deps.multipart.open()).toEqual([claim.uploadId, uploadId]);
  });
});
