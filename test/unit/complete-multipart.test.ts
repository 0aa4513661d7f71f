import { describe, expect, it } from '@jest/globals';
import type { ClaimedPart } from '../../core/uploads/check-parts.ts';
import { completeMultipart } from '../../core/uploads/complete-multipart.ts';
import { aBegunUpload, type BegunUpload, first, sizeBytes } from '../support/uploads-in-parts.ts';

describe('completing', () => {
  it('again is answered the same, before the start, after it, and when the source is deleted', async () => {
    const { deps, claim, sendAll, complete } = await aBegunUpload();
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
    const { deps, claim, sendAll, complete } = await aBegunUpload();
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
    const { deps, claim, sendAll } = await aBegunUpload();
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

  it.each<[string, (upload: BegunUpload) => ClaimedPart[], RegExp]>([
    ['a part that never came', ({ sendAll }) => sendAll().slice(0, 1), /^Part 2 is not in your list/],
    ['a part of none', ({ sendAll }) => [...sendAll(), { partNumber: 3, etag: 'x' }], /^Part 3 is none/],
    [
      'a part that is there with other bytes',
      ({ sendAll }) => sendAll().map((part) => (part.partNumber === 2 ? { partNumber: 2, etag: 'x' } : part)),
      /^Part 2 is there with another ETag/,
    ],
    [
      'a part that is missing',
      ({ sendPart }) => [sendPart(1, first), { partNumber: 2, etag: 'x' }],
      /^Part 2 is not there/,
    ],
    [
      'a part of another size',
      ({ sendPart }) => [sendPart(1, first), sendPart(2, 'short')],
      /^Part 2 has 5 bytes instead of 1000/,
    ],
    [
      'a part that is named twice',
      ({ sendAll }) => {
        const [one, two] = sendAll();
        return [{ ...one, etag: 'another' }, one, two];
      },
      /^Part 1 is in your list more than once/,
    ],
  ])('with %s is refused, naming it, and goes on later', async (_what, send, message) => {
    const upload = await aBegunUpload();
    const { deps, sendAll, complete } = upload;

    await expect(complete(send(upload))).rejects.toMatchObject({
      code: 'upload-incomplete',
      errors: [{ field: 'parts', message: expect.stringMatching(message) }],
    });

    expect(deps.uploads.keys()).toEqual([]);
    expect(await complete(sendAll())).toMatchObject({ sizeBytes });
  });

  it('is refused when a part is sent again at this very moment', async () => {
    const { deps, claim, sendAll } = await aBegunUpload();
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
