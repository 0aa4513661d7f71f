import { limits } from '../limits.ts';
import type { Cue } from '../media/captions/cue.ts';
import { type ClipLook, type ClipOutput, plainLook, type Watermark } from '../media/clip/clip-look.ts';
import type { Clip, JobSettings } from './job.ts';

export function outputsOf({ outputs = plainLook.outputs }: Pick<JobSettings, 'outputs'>): ClipOutput[] {
  return outputs;
}

/** How much video the longest clip may come to, over all its shapes. */
export function longestRenderSeconds(
  settings: Pick<JobSettings, 'outputs' | 'segments' | 'maxDurationSeconds'>,
): number {
  const { segments, maxDurationSeconds } = settings;
  const lengths = segments?.map(({ startSeconds, endSeconds }) => endSeconds - startSeconds);
  return Math.max(...(lengths ?? [maxDurationSeconds])) * outputsOf(settings).length;
}

export const tooMuchToRender = `Fewer shapes or shorter clips: one clip may come to ${limits.renderedSeconds} s over all its shapes.`;

/** How a clip is to look and sound. The cues are the clip's own, on its clock. */
export function lookOf(
  settings: JobSettings,
  { title }: Pick<Clip, 'title'>,
  { cues, watermark }: { cues: Cue[]; watermark?: Watermark },
): ClipLook {
  return {
    outputs: outputsOf(settings),
    normalizeLoudness: settings.normalizeLoudness ?? plainLook.normalizeLoudness,
    title,
    captions: settings.captions === 'burn' ? cues : undefined,
    watermark,
    cut: settings.cut,
  };
}
