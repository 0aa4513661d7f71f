import { describe, expect, it } from '@jest/globals';
import type { ClipOutput } from '../../core/media/clip/clip-look.ts';
import { runVariant } from '../../eval/matrix/run-variant.ts';
import { variants } from '../../eval/matrix/variants.ts';
import { everyFfmpeg, temporaryFolder } from '../support/media.ts';

const folder = temporaryFolder();
const { signal } = new AbortController();
const source: ClipOutput = { shape: 'source', fit: 'crop' };
const everyOutput: ClipOutput[] = [
  source,
  { shape: 'vertical', fit: 'crop' },
  { shape: 'vertical', fit: 'pad' },
  { shape: 'square', fit: 'blur' },
];

/** A few of `npm run eval:matrix`: those that once went wrong, or are most unlike the others. */
const kinds: [name: string, outputs: ClipOutput[]][] = [
  ['MP4', everyOutput],
  ['MP4, fragmented', [source]],
  ['WebM, VP8 and Vorbis', [source]],
  ['MPEG-PS', [source]],
  ['5.1, AC-3, voice in the centre', [source]],
  ['much too loud', [source]],
  ['silence', [source]],
  ['mirrored and turned', [source]],
  ['PAL, interlaced', [source]],
  ['24000/1001 frames a second', [source]],
  ['sound over before the clip', [source]],
  ['MP3', everyOutput.slice(0, 2)],
];

describe.each(everyFfmpeg)('with ffmpeg $version, a clip', (paths) => {
  it.each(kinds)('is in shape, in time, in sync and as loud as all others: %s', async (name, outputs) => {
    const variant = variants.find((one) => one.name === name)!;

    const results = await runVariant(paths, variant, outputs, { folder, signal });

    expect(results.map(({ output, violations }) => ({ output, violations }))).toEqual(
      outputs.map((output) => ({ output, violations: [] })),
    );
  });
});
