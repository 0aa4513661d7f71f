import { beforeEach, describe, expect, it } from '@jest/globals';
import { reconcileJobs } from '../../core/jobs/reconcile-jobs.ts';
import { abortMultipart } from '../../core/uploads/abort-multipart.ts';
import { beginMultipart } from '../../core/uploads/begin-multipart.ts';
import type { ClaimedPart } from '../../core/uploads/check-parts.ts';
import { completeMultipart } from '../../core/uploads/complete-multipart.ts';
import { listParts } from '../../core/uploads/list-parts.ts';
import type { UploadClaim } from '../../core/uploads/own-upload.ts';
import { signParts } from '../../core/uploads/sign-parts.ts';
import { ids } from '../../lambdas/shared/ids.ts';
import { aJob, noon } from '../support/builders.ts';
import { memoryAnnouncements } from '../support/memory-announcements.ts';
import { memoryJobStore } from '../support/memory-job-store.ts';
import { memoryMultipartUploads } from '../support/memory-multipart-uploads.ts';
import { memoryObjectStore } from '../support/memory-object-store.ts';
import { memoryUsageStore } from '../support/memory-usage-store.ts';
import { memoryWorkflow } from '../support/memory-workflow.ts';

const MIB = 1024 ** 2;
const first = Buffer.alloc(5 * MIB, 1);
const rest = Buffer.alloc(1000, 2);
const sizeBytes = first.length + rest.length;
const { settings } = aJob();
const nextDay = '2026-01-02T12:00:01.000Z';

let deps: ReturnType<typeof setUp>;
let claim: UploadClaim;

function setUp() {
  const uploads = memoryObjectStore();
  const signed: object[] = [];
  return {
    jobs: memoryJobStore(),
    uploads,
    multipart: memoryMultipartUploads(uploads),
    clips: memoryObjectStore(),
    workflow: memoryWorkflow(),
    announcements: memoryAnnouncements(),
    usage: memoryUsageStore(),
    ids,
    signed,
    signer: {
      async signPart(part: { partNumber: number; sizeBytes: number }) {
        signed.push({ partNumber: part.partNumber, sizeBytes: part.sizeBytes });
        return { url: `http://s3/${part.partNumber}`, expiresInSeconds: 3600 };
      },
    },
  };
}

beforeEach(async () => {
  deps = setUp();
  const request = { filename: 'talk.mp4', sizeBytes, partSizeBytes: 5 * MIB, autoStart: false, settings };
  const { job } = await beginMultipart(deps, 'alice', request, noon);
  claim = { jobId: job.jobId, key: job.source.key, uploadId: job.upload.uploadId };
});

function sendAll(): ClaimedPart[] {
  return [first, rest].map((content, index) => ({
    partNumber: index + 1,
    etag: deps.multipart.sendPart(claim, index + 1, content),
  }));
}

const complete = (parts: ClaimedPart[], owner = 'alice') => completeMultipart(deps, owner, claim, parts);

describe('an upload in parts', () => {
  it('has URLs that each take exactly the bytes of their part', async () => {
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
    await expect(signParts(deps, 'alice', claim, [1, 3])).rejects.toMatchObject({
      code: 'validation-failed',
      errors: [{ field: 'part_numbers.1' }],
    });
  });

  it('tells what has arrived', async () => {
    const etag = deps.multipart.sendPart(claim, 2, rest);

    expect(await listParts(deps, 'alice', claim)).toMatchObject({
      parts: [{ partNumber: 2, etag, sizeBytes: 1000 }],
      plan: { partSizeBytes: 5 * MIB, numParts: 2 },
    });
  });

  it('becomes the source that was declared, and its job still waits for its start', async () => {
    const { etag } = await complete(sendAll());

    expect(await deps.uploads.head(claim.key)).toMatchObject({ etag, sizeBytes, contentType: 'video/mp4' });
    expect(await deps.jobs.get(claim.jobId)).toMatchObject({ status: 'awaiting_upload' });
  });
});

describe('completing', () => {
  it('again is answered the same, before the start, after it, and when the source is deleted', async () => {
    const parts = sendAll();

    const answers = [await complete(parts), await complete(parts)];
    const { etag } = answers[0]!;
    const source = { ...(await deps.jobs.get(claim.jobId))!.source, etag };
    await deps.jobs.change(
      claim.jobId,
      { status: ['awaiting_upload'], attempt: 1 },
      { status: 'pending', source },
    );
    await deps.uploads.delete({ key: claim.key, etag });
    answers.push(await complete(parts));

    expect(answers).toEqual(Array(3).fill({ key: claim.key, etag, sizeBytes }));
  });

  it('whose first answer was lost is answered by what is there', async () => {
    const parts = sendAll();
    const lost = {
      ...deps.multipart,
      async complete(...request: Parameters<typeof deps.multipart.complete>) {
        await deps.multipart.complete(...request);
        throw new Error('The connection broke off.');
      },
    };
    await completeMultipart({ ...deps, multipart: lost }, 'alice', claim, parts).catch(() => undefined);

    expect(await complete(parts)).toMatchObject({ key: claim.key, sizeBytes });
  });

  it('while another call completes it is answered by what is there', async () => {
    const parts = sendAll();
    const late = {
      ...deps.multipart,
      async complete(...request: Parameters<typeof deps.multipart.complete>) {
        await deps.multipart.complete(...request);
        return deps.multipart.complete(...request);
      },
    };

    const answer = await completeMultipart({ ...deps, multipart: late }, 'alice', claim, parts);

    expect(answer).toMatchObject({ key: claim.key, sizeBytes });
  });

  it.each<[string, () => ClaimedPart[], RegExp]>([
    ['a part that never came', () => sendAll().slice(0, 1), /^Part 2 is not in your list/],
    ['a part of none', () => [...sendAll(), { partNumber: 3, etag: 'x' }], /^Part 3 is none/],
    [
      'a part that is there with other bytes',
      () => sendAll().map((part) => (part.partNumber === 2 ? { partNumber: 2, etag: 'x' } : part)),
      /^Part 2 is there with another ETag/,
    ],
    [
      'a part that is missing',
      () => [
        { partNumber: 1, etag: deps.multipart.sendPart(claim, 1, first) },
        { partNumber: 2, etag: 'x' },
      ],
      /^Part 2 is not there/,
    ],
    [
      'a part of another size',
      () => [
        { partNumber: 1, etag: deps.multipart.sendPart(claim, 1, first) },
        { partNumber: 2, etag: deps.multipart.sendPart(claim, 2, 'short') },
      ],
      /^Part 2 has 5 bytes instead of 1000/,
    ],
    [
      'a part that is named twice',
      () => {
        const [one, two] = sendAll() as [ClaimedPart, ClaimedPart];
        return [{ ...one, etag: 'another' }, one, two];
      },
      /^Part 1 is in your list more than once/,
    ],
  ])('with %s is refused, naming it, and goes on later', async (_what, send, message) => {
    await expect(complete(send())).rejects.toMatchObject({
      code: 'upload-incomplete',
      errors: [{ field: 'parts', message: expect.stringMatching(message) }],
    });

    expect(deps.uploads.keys()).toEqual([]);
    expect(await complete(sendAll())).toMatchObject({ sizeBytes });
  });

  it('is refused when a part is sent again at this very moment', async () => {
    const parts = sendAll();
    const racing = {
      ...deps.multipart,
      async complete(...request: Parameters<typeof deps.multipart.complete>) {
        deps.multipart.sendPart(claim, 2, Buffer.alloc(1000, 3));
        return deps.multipart.complete(...request);
      },
    };

    const refused = completeMultipart({ ...deps, multipart: racing }, 'alice', claim, parts);

    await expect(refused).rejects.toMatchObject({ code: 'upload-incomplete' });
  });
});

describe('aborting', () => {
  it('forgets the parts and cancels the job, as often as it is said', async () => {
    sendAll();

    await abortMultipart(deps, 'alice', claim, noon);
    await abortMultipart(deps, 'alice', claim, noon);

    expect(deps.multipart.open()).toEqual([]);
    expect(await deps.jobs.get(claim.jobId)).toMatchObject({ status: 'cancelled' });
    expect(deps.jobs.notes).toHaveLength(1);
    await expect(complete([])).rejects.toMatchObject({ code: 'upload-not-found' });
  });

  it('is too late once the source is there, and keeps it', async () => {
    await complete(sendAll());

    const refused = abortMultipart(deps, 'alice', claim, noon);

    await expect(refused).rejects.toMatchObject({ code: 'upload-not-found' });
    expect(deps.uploads.keys()).toEqual([claim.key]);
    expect(await deps.jobs.get(claim.jobId)).toMatchObject({ status: 'awaiting_upload' });
  });

  it('is done by reconciliation for an upload that was never finished', async () => {
    sendAll();

    const { repairs } = await reconcileJobs(deps, () => nextDay);

    expect(repairs).toEqual([{ jobId: claim.jobId, repair: 'expired' }]);
    expect(deps.multipart.open()).toEqual([]);
    await expect(listParts(deps, 'alice', claim)).rejects.toMatchObject({ code: 'upload-not-found' });
  });
});

describe('an upload is asked for by its owner, with what belongs together', () => {
  const calls: Record<string, (owner: string, asked: UploadClaim) => Promise<unknown>> = {
    urls: (owner, asked) => signParts(deps, owner, asked, [1]),
    parts: (owner, asked) => listParts(deps, owner, asked),
    complete: (owner, asked) => completeMultipart(deps, owner, asked, []),
    abort: (owner, asked) => abortMultipart(deps, owner, asked, noon),
  };

  it.each(Object.entries(calls))('%s', async (_name, call) => {
    const other = { ...claim, key: 'uploads/x/y/source.mp4' };
    const { uploadId } = await deps.multipart.begin({ key: claim.key, contentType: 'video/mp4' });

    await expect(call('bob', claim)).rejects.toMatchObject({ code: 'job-not-found' });
    await expect(call('alice', { ...claim, jobId: 'none' })).rejects.toMatchObject({ code: 'job-not-found' });
    await expect(call('alice', other)).rejects.toMatchObject({
      code: 'wrong-key',
      errors: [{ field: 's3_key' }],
    });
    await expect(call('alice', { ...claim, uploadId })).rejects.toMatchObject({
      code: 'wrong-key',
      errors: [{ field: 'upload_id' }],
    });
    expect(deps.multipart.open()).toEqual([claim.uploadId, uploadId]);
  });
});
