import { describe, expect, it } from '@jest/globals';
import { limits } from '../../core/limits.ts';
import { presignUpload } from '../../core/uploads/presign-upload.ts';
import { ids } from '../../lambdas/shared/ids.ts';
import { aJob, noon } from '../support/builders.ts';
import { memoryJobStore } from '../support/memory-job-store.ts';
import { memoryObjectStore } from '../support/memory-object-store.ts';
import { memoryUsageStore } from '../support/memory-usage-store.ts';

const { settings } = aJob();
const request = { filename: 'My Talk.MP4', sizeBytes: 1234, autoStart: false, settings };

function setUp() {
  const signed: object[] = [];
  const signer = {
    async signUpload(upload: { key: string; contentType: string; sizeBytes: number }) {
      signed.push(upload);
      return { url: 'http://s3/', fields: { key: upload.key }, expiresInSeconds: 3600 };
    },
  };
  return {
    jobs: memoryJobStore(),
    usage: memoryUsageStore(),
    uploads: memoryObjectStore(),
    signer,
    ids,
    signed,
  };
}

describe('presigning an upload', () => {
  it('makes a job that waits, and signs exactly this key, type and size', async () => {
    const deps = setUp();

    const { job, kind } = await presignUpload(deps, 'alice', request, noon);

    expect(kind).toBe('video');
    expect(await deps.jobs.get(job.jobId)).toMatchObject({ owner: 'alice', status: 'awaiting_upload' });
    expect(deps.signed).toMatchObject([{ key: job.source.key, contentType: 'video/mp4', sizeBytes: 1234 }]);
  });

  it('puts neither the name of the file nor the owner into the key', async () => {
    const { job } = await presignUpload(setUp(), 'alice', request, noon);

    expect(job.source.key).toMatch(/^uploads\/[0-9a-f]{32}\/[0-9a-f-]{36}\/source\.mp4$/);
    expect(job.source.filename).toBe('My Talk.MP4');
  });

  it.each([
    ['an unknown type', { filename: 'virus.exe' }, 'unsupported-file-type', 'filename'],
    ['a name without a type', { filename: 'mp4' }, 'unsupported-file-type', 'filename'],
    ['a name of an object member', { filename: 'x.constructor' }, 'unsupported-file-type', 'filename'],
    ['a name that is all slashes', { filename: '///' }, 'validation-failed', 'filename'],
    [
      'more than S3 takes at once',
      { sizeBytes: limits.singleUploadBytes + 1 },
      'multipart-required',
      'file_size',
    ],
    [
      'more than is taken at all',
      { sizeBytes: limits.multipart.sourceBytes + 1 },
      'file-too-large',
      'file_size',
    ],
  ])('refuses %s, naming the field', async (_what, wrong, code, field) => {
    const refused = presignUpload(setUp(), 'alice', { ...request, ...wrong }, noon);

    await expect(refused).rejects.toMatchObject({ name: 'Refusal', code, errors: [{ field }] });
  });
});
