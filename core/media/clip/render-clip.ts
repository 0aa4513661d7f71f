import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { readFrameProgress } from '../ffmpeg/read-progress.ts';
import { failAsDamaged, runLeniently } from '../ffmpeg/run-leniently.ts';
import { ownFileLimits, renderLimits } from '../ffmpeg/run-limits.ts';
import type { Tools } from '../ffmpeg/tools.ts';
import { prepareOverlays } from '../picture/prepare-overlays.ts';
import { takePosters } from '../poster/take-posters.ts';
import { withRanges } from '../reads/with-ranges.ts';
import { mayCopy } from '../smart-cut/may-copy.ts';
import { smartCut } from '../smart-cut/smart-cut.ts';
import { mixClip } from '../sound/mix-clip.ts';
import { cutFilters, keptSeconds } from '../sound/sound-filters.ts';
import type { ByteSource, Media, RenderedClip, RenderedFile, SourceFacts } from '../types.ts';
import { checkClip } from './check-clip.ts';
import { clipArgs } from './clip-args.ts';
import { plainLook } from './clip-look.ts';
import { clipSpan, type TimeRange } from './clip-span.ts';
import { createFrameClock } from './frame-clock.ts';
import { outputSize } from './output-size.ts';

const notCopied = 'Cut exactly, not fast: the pictures could not be copied as they are.';

/** See Media.renderClip. */
export async function renderClip(
  tools: Tools,
  source: ByteSource,
  facts: SourceFacts,
  range: TimeRange,
  { folder, signal, look = plainLook, onProgress }: Parameters<Media['renderClip']>[3],
): Promise<RenderedClip> {
  const { outputs, normalizeLoudness } = look;
  const span = clipSpan(facts, range);
  const { overlays, notes } = await prepareOverlays(tools, { facts, span, look }, folder, signal);
  const soundPath = facts.audio && join(folder, 'sound.wav');
  const files = outputs.map((output, n) => ({
    output,
    picturePath: join(folder, `pictures-${n}.mp4`),
    path: join(folder, `clip-${n}.mp4`),
    posterPath: join(folder, `poster-${n}.jpg`),
  }));
  const candidates = {
    lumaPath: join(folder, 'candidates.luma'),
    jpegPaths: files.map((_, n) => join(folder, `candidates-${n}.mjpeg`)),
  };

  const { bytesRead, leadSeconds, copied } = await withRanges(source, { signal }, async (input) => {
    const picturePaths = files.map(({ picturePath }) => picturePath);
    if (mayCopy(source, facts, span, look)) {
      const wanted = {
        facts,
        span,
        picturePath: picturePaths[0]!,
        candidates,
        soundPath,
        folder,
        onProgress,
      };
      const done = await smartCut(tools, input, wanted);
      if (done) return { ...done, copied: true };
    }
    const parts = { outputs, overlays, picturePaths, candidates, soundPath };
    let clock = createFrameClock();
    await runLeniently((strict) => {
      clock = createFrameClock();
      return tools.ffmpeg(clipArgs(input.url, facts, span, parts, strict), {
        signal: input.signal,
        folder,
        ...renderLimits,
        readers: [readFrameProgress(span.frames, onProgress), clock.read],
      });
    });
    return { leadSeconds: clock.leadSeconds(1 / span.framesPerSecond), copied: false };
  });
  if (look.cut === 'fast' && !copied) notes.push(notCopied);

  const run = { signal, folder, ...ownFileLimits };
  const cut = cutFilters(span, Math.max(0, keptSeconds(facts, span) - leadSeconds));
  const sound = soundPath === undefined ? undefined : { path: soundPath, cut };
  await mixClip(tools, { files, sound, normalizeLoudness }, run).catch(failAsDamaged);

  const rendered: RenderedFile[] = [];
  let durationSeconds = 0;
  for (const { output, path, posterPath } of files) {
    const size = outputSize(facts, output.shape);
    const clip = await checkClip(tools, path, facts, { ...span, ...size }, signal);
    const { size: sizeBytes } = await stat(path);
    rendered.push({ output, path, posterPath, sizeBytes, ...size });
    durationSeconds ||= clip.durationSeconds;
  }
  const posterPaths = files.map(({ posterPath }) => posterPath);
  await takePosters(candidates, rendered[0]!, posterPaths);
  const { path: clipPath, posterPath, sizeBytes, widthPixels, heightPixels } = rendered[0]!;
  const first = { clipPath, posterPath, sizeBytes, widthPixels, heightPixels };
  return { files: rendered, ...first, durationSeconds, notes, bytesRead };
}
