import { findSilences } from '../core/media/analysis/find-silences.ts';
import { createSoundSteps, stepSeconds } from '../core/media/analysis/sound-steps.ts';
import type { Sound } from '../core/media/types.ts';
import { makePlan } from './synthesis/make-plan.ts';
import type { PlantedPassage, Range } from './synthesis/plan.ts';
import { renderPlan, type Voices } from './synthesis/render-plan.ts';

/** A recording, what is known of it, and what the product hears in it. */
export interface Recording {
  name: string;
  durationSeconds: number;
  passages: PlantedPassage[];
  /** Speech, laughter and applause: where no clip may begin or end. */
  spoken: Range[];
  sound: Sound;
  /** How long listening took. */
  listenSeconds: number;
}

export interface RecordingWishes {
  seed: number;
  /** The phrases are spliced from these; without them they are synthetic. */
  voices?: Voices;
  /** Default: 3 to 20 minutes. */
  durationSeconds?: number;
}

/** The recording of a seed, heard without the way through a file; `pcm` is what that file would hold. */
export function makeRecording({
  seed,
  voices,
  durationSeconds,
}: RecordingWishes): Recording & { pcm: Uint8Array } {
  const plan = makePlan({ seed, isSpliced: voices !== undefined, durationSeconds });
  const { pcm, spoken } = renderPlan(plan, voices);
  const started = performance.now();
  const sound = hear(pcm, plan.durationSeconds);
  return {
    name: plan.name,
    durationSeconds: plan.durationSeconds,
    passages: plan.passages,
    spoken: [...spoken, ...plan.noises.filter(({ kind }) => kind === 'laughter' || kind === 'applause')],
    sound,
    listenSeconds: (performance.now() - started) / 1000,
    pcm,
  };
}

/** What Media.listen does once ffmpeg has decoded the audio. */
function hear(pcm: Uint8Array, durationSeconds: number): Sound {
  const steps = createSoundSteps(durationSeconds);
  steps.add(pcm);
  const { voiceDecibels, ...series } = steps.values();
  return { durationSeconds, stepSeconds, ...series, silences: findSilences(voiceDecibels, stepSeconds) };
}
