import { mkdtempSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { plainLook } from '../../core/media/clip/clip-look.ts';
import { renderClip } from '../../core/media/clip/render-clip.ts';
import { createTools, type Tools } from '../../core/media/ffmpeg/tools.ts';
import { probeSource } from '../../core/media/probe/probe-source.ts';
import { lookAtClip } from '../../trials/smart-cut/look-at-clip.ts';
import { cutSources, makeCutSource } from '../../trials/smart-cut/sources.ts';
import { tryCuts } from '../../trials/smart-cut/try-cuts.ts';
import { fileSource } from '../support/file-source.ts';
import { everyFfmpeg, ffmpeg, temporaryFolder } from '../support/media.ts';

const folder = temporaryFolder();
const { signal } = new AbortController();
const named = (...names: string[]) => cutSources.filter(({ name }) => names.includes(name));

/** `npm run cuts` tries more of them. */
describe('a clip that is cut fast', () => {
  it.each(everyFfmpeg)('is the one that is cut exactly, to the frame: ffmpeg $version', async (paths) => {
    const printed: string[] = [];
    const print = (line: string) => printed.push(line);
    const sources = named('two-seconds.mp4', 'main.mov');

    const counts = await tryCuts({ runs: 2, seed: 1, signal, print, everyFfmpeg: [paths], sources });

    expect({ ...counts, printed }).toMatchObject({ copied: 2, violations: 0 });
  });

  it('is encoded as a whole where the source does not allow it', async () => {
    const printed: string[] = [];
    const print = (line: string) => printed.push(line);
    const sources = named('four-two-two.mp4');

    const counts = await tryCuts({ runs: 1, seed: 1, signal, print, everyFfmpeg: [ffmpeg], sources });

    expect({ ...counts, printed }).toMatchObject({ encoded: 1, violations: 0 });
  });

  it.each([
    ['other frames at its head', -20, -20, 'A join came out broken'],
    ['a frame too few', 1, 0, 'What came out has other frames or times'],
  ])('is encoded as a whole when it came out with %s', async (_, start, end, reason) => {
    const path = makeCutSource(folder, named('two-seconds.mp4')[0]!);
    const reasons: unknown[] = [];
    const log = (_: string, fields: Record<string, unknown>) => reasons.push(fields.reason);
    const tools = encodingOtherFrames(createTools({ ...ffmpeg, log }), start, end);
    const source = await fileSource(path);
    const { facts } = await probeSource(tools, source, { signal });
    const own = mkdtempSync(join(folder, 'clip-'));

    const clip = await renderClip(tools, source, facts, range, { folder: own, signal, look: fastLook });

    expect(reasons).toEqual([reason]);
    expect(clip.notes).toEqual([expect.stringContaining('Cut exactly')]);
    expect(readdirSync(own).sort()).toEqual(['clip-0.mp4', 'poster-0.jpg']);
    expect(lookAtClip(clip.clipPath).frames).toEqual(framesFrom(3.5 * 30, 90));
  });
});

const range = { startSeconds: 3.5, endSeconds: 6.5 };
const fastLook = { ...plainLook, cut: 'fast' } as const;

/** Tools that do as they are told, but at the first of two ends. */
function encodingOtherFrames(tools: Tools, startLater: number, endLater: number): Tools {
  const trim = /(?<=^\[0:v:0\]split\S*?\]trim=start_frame=)(\d+):end_frame=(\d+)(?=,)/;
  return {
    ...tools,
    ffmpeg(args, options) {
      const at = args.findIndex((arg) => trim.test(arg));
      const changed = args[at]?.replace(
        trim,
        (_, start, end) => `${+start + startLater}:end_frame=${+end + endLater}`,
      );
      return tools.ffmpeg(changed ? args.with(at, changed) : args, options);
    },
  };
}

function framesFrom(first: number, count: number): number[] {
  return Array.from({ length: count }, (_, n) => (first + n) % 73);
}
