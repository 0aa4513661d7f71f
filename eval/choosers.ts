import { chooseSegments } from '../core/segments/choose-segments.ts';
import { spreadSegments } from '../core/segments/spread-segments.ts';
import type { SegmentWishes } from '../core/segments/types.ts';
import type { Recording } from './recordings.ts';
import type { Range } from './synthesis/plan.ts';

/** The product and what it must be better than. */
export const choosers = {
  chosen: ({ sound, durationSeconds }, wishes) => chooseSegments(wishes, sound, durationSeconds),
  even: ({ durationSeconds }, wishes) => spreadSegments(wishes, durationSeconds),
  loudest: loudestWindows,
} satisfies Record<string, Chooser>;

type Chooser = (recording: Pick<Recording, 'sound' | 'durationSeconds'>, wishes: SegmentWishes) => Range[];

/** As long as the passages are on the average: the rival isn't made weaker than it has to be. */
const windowSeconds = 33;

/** The windows of the most power, none overlapping another: the usual first idea. */
function loudestWindows({ sound, durationSeconds }: Parameters<Chooser>[0], wishes: SegmentWishes): Range[] {
  const seconds = Math.max(wishes.minDurationSeconds, Math.min(windowSeconds, wishes.maxDurationSeconds));
  const steps = Math.round(seconds / sound.stepSeconds);
  const power = Array.from(sound.lufs, (lufs) => 10 ** (lufs / 10));
  let sum = power.slice(0, steps).reduce((total, value) => total + value, 0);
  const windows = [{ startSeconds: 0, endSeconds: seconds, power: sum }];
  for (let step = 1; step + steps <= power.length; step += 1) {
    sum += power[step + steps - 1]! - power[step - 1]!;
    const startSeconds = step * sound.stepSeconds;
    if (startSeconds + seconds > durationSeconds) break;
    windows.push({ startSeconds, endSeconds: startSeconds + seconds, power: sum });
  }
  const taken: Range[] = [];
  for (const window of windows.sort((a, b) => b.power - a.power)) {
    if (taken.length === wishes.numSegments) break;
    if (
      taken.every(
        (other) => window.startSeconds >= other.endSeconds || window.endSeconds <= other.startSeconds,
      )
    ) {
      taken.push(window);
    }
  }
  return taken;
}
