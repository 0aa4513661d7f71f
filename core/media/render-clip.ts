import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { checkClip } from './check-clip.ts';
import { clipArgs } from './clip-args.ts';
import { clipSpan, type TimeRange } from './clip-span.ts';
import { posterArgs } from './poster-args.ts';
import { readFrameProgress } from './read-progress.ts';
import { failAsDamaged, runLeniently } from './run-leniently.ts';
import { runLimits } from './run-limits.ts';
import type { Tools } from './tools.ts';
import type { ByteSource, Media, RenderedClip, SourceFacts } from './types.ts';
import { withRanges } from './with-ranges.ts';

/** See Media.renderClip. */
export async function renderClip(
  tools: Tools,
  source: ByteSource,
  facts: SourceFacts,
  range: TimeRange,
  { folder, signal, onProgress }: Parameters<Media['renderClip']>[3],
): Promise<RenderedClip> {
  const span = clipSpan(facts, range);
  const clipPath = join(folder, 'clip.mp4');
  const posterPath = join(folder, 'poster.jpg');

  const { bytesRead } = await withRanges(source, signal, async (input) => {
    await runLeniently((strict) =>
      tools.ffmpeg(clipArgs(input.url, facts, span, clipPath, strict), {
        signal: input.signal,
        folder,
        ...runLimits,
        readers: [readFrameProgress(span.frames, onProgress)],
      }),
    );
    return {};
  });

  const clip = await checkClip(tools, clipPath, facts, span, signal);
  const posting = tools.ffmpeg(posterArgs(clipPath, clip, posterPath), { signal, folder, ...runLimits });
  await posting.catch(failAsDamaged);
  const { size } = await stat(clipPath);
  return { clipPath, posterPath, sizeBytes: size, ...clip, bytesRead };
}
