import type { Cue } from '../media/captions/cue.ts';
import { type ClipLook, type ClipOutput, plainLook } from '../media/clip-look.ts';
import type { Clip, JobSettings } from './job.ts';

export function outputsOf({ outputs = plainLook.outputs }: JobSettings): ClipOutput[] {
  return outputs;
}

/** How a clip is to look and sound. The cues are the clip's own, on its clock. */
export function lookOf(settings: JobSettings, { title }: Pick<Clip, 'title'>, cues: Cue[]): ClipLook {
  return {
    outputs: outputsOf(settings),
    normalizeLoudness: settings.normalizeLoudness ?? plainLook.normalizeLoudness,
    title,
    captions: settings.captions === 'burn' ? cues : undefined,
  };
}
