import { describe, expect, it } from '@jest/globals';
import type { ClipFile } from '../../core/jobs/clip-files.ts';
import type { ClipOutput } from '../../core/media/clip/clip-look.ts';
import { clipFileKeys } from '../../core/uploads/keys.ts';
import { toClipAnswer } from '../../lambdas/read-jobs/clip-answer.ts';
import { aClip } from '../support/builders.ts';

const stored = { etag: 'e', sizeBytes: 1, contentType: 'video/mp4' };
const vertical: ClipOutput = { shape: 'vertical', fit: 'blur' };
const source: ClipOutput = { shape: 'source', fit: 'crop' };

/** Under which names the files of a clip with these outputs and captions are saved, the clip itself first. */
async function savedNames(...outputs: ClipOutput[]): Promise<string[]> {
  const clip = aClip({ title: '0:10, a fluent passage' });
  const keys = clipFileKeys(clip.key, outputs);
  const videos = outputs.map(
    (output, n): ClipFile => ({
      ...{ kind: 'video', format: 'mp4', ...stored, ...output, key: keys.outputs[n]!.video },
    }),
  );
  const captions: ClipFile = { kind: 'captions', format: 'vtt', ...stored, key: keys.captions.vtt };
  const files = outputs.length > 0 ? [...videos, captions] : undefined;
  const signer = { signDownload: async (key: string, { filename = key } = {}) => filename };

  const answer = await toClipAnswer(signer as never, { ...clip, files });

  return [answer, ...answer.files].map(({ download_url }) => download_url);
}

describe('the name that a clip is saved by', () => {
  it('is its title, without the colon that Windows forbids', async () => {
    expect(await savedNames(vertical)).toEqual([
      ...['0.10, a fluent passage.mp4', '0.10, a fluent passage.mp4', '0.10, a fluent passage.vtt'],
    ]);
  });

  it('tells each of several shapes, the first too', async () => {
    expect(await savedNames(vertical, source)).toEqual([
      '0.10, a fluent passage-vertical-blur.mp4',
      '0.10, a fluent passage-vertical-blur.mp4',
      '0.10, a fluent passage-source.mp4',
      '0.10, a fluent passage.vtt',
    ]);
  });

  it('is told of a clip of before there were shapes, too', async () => {
    expect(await savedNames()).toEqual(['0.10, a fluent passage.mp4']);
  });
});
