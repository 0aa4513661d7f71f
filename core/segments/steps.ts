import type { Sound } from '../media/types.ts';

/** A sound's series on one grid, with no gaps and no impossible values. */
export interface Steps {
  count: number;
  seconds: number;
  lufs: Float32Array;
  /** 1 where it sounds; 0 in a pause, below −70 LUFS, and past the end of sound that is shorter than the picture. */
  sounding: Uint8Array;
  /** Hz, 0 where nothing is voiced. */
  pitchHz: Float32Array;
  brightnessHz: Float32Array;
  flatness: Float32Array;
  /** How many steps a time takes, at least one. */
  of(seconds: number): number;
}

const silentLufs = -70;

export function toSteps(sound: Sound, durationMs: number): Steps {
  const { stepSeconds, silences } = sound;
  const count = Math.max(1, Math.ceil(durationMs / 1000 / stepSeconds));
  const lufs = clean(sound.lufs, count, -120, 20, -120);
  const sounding = Uint8Array.from(lufs, (level) => (level > silentLufs ? 1 : 0));
  for (const { startSeconds, endSeconds } of silences) {
    sounding.fill(0, Math.round(startSeconds / stepSeconds), Math.round(endSeconds / stepSeconds));
  }
  return {
    count,
    seconds: stepSeconds,
    lufs,
    sounding,
    pitchHz: clean(sound.pitchHz, count, 0, 1000, 0),
    brightnessHz: clean(sound.brightnessHz, count, 0, 24_000, 0),
    flatness: clean(sound.flatness, count, 0, 1, 0),
    of: (seconds) => Math.max(1, Math.round(seconds / stepSeconds)),
  };
}

function clean(
  series: ArrayLike<number>,
  count: number,
  min: number,
  max: number,
  absent: number,
): Float32Array {
  return Float32Array.from({ length: count }, (_, step) => {
    const value = series[step] ?? absent;
    return Number.isNaN(value) ? absent : Math.max(min, Math.min(max, value));
  });
}
