import type { Steps } from './steps.ts';

/** Compared: the pitch of so much before a change of the voice with that of so much after it. */
const windowSeconds = 1.2;
/** The voices of two people who can be told apart by pitch alone; one lively speaker seldom moves as far. */
const apartOctaves = 0.4;
/** Less of a voice than this may be a breath, or a creak at the end of a sentence. */
const leastVoicedSeconds = 0.4;
/** A hum keeps its pitch, a voice never does: half of what is heard of it lies further apart than this. */
const steadiestOctaves = 0.03;
/** Who answers later than this tells a story of their own. */
const answerSeconds = 15;

/**
 * 1 where the voice changes and goes back: up after it went down, or down after it went up, each time further than
 * one speaker's melody takes it. One change tells little (a sigh, a joke, a quotation); to and fro is two people.
 * Two of the same pitch are not told apart: this finds fewer exchanges than there are, hardly ever one too many.
 */
export function findReplies(steps: Steps, voiceChanges: Uint8Array): Uint8Array {
  const window = steps.of(windowSeconds);
  const replies = new Uint8Array(steps.count);
  let last = { step: Number.NEGATIVE_INFINITY, direction: 0 };
  voiceChanges.forEach((isChange, step) => {
    if (!isChange) return;
    const octaves = usualOctave(steps, step, step + window) - usualOctave(steps, step - window, step);
    if (!(Math.abs(octaves) >= apartOctaves)) return;
    const direction = Math.sign(octaves);
    const isAnswer = step - last.step <= steps.of(answerSeconds);
    if (isAnswer && direction === -last.direction) replies[step] = 1;
    last = { step, direction };
  });
  return replies;
}

/** The median, which a few octave errors don't move; NaN where too little is heard of a voice. */
function usualOctave(steps: Steps, from: number, to: number): number {
  const { pitchHz, sounding, count } = steps;
  const octaves: number[] = [];
  for (let step = Math.max(0, from); step < Math.min(count, to); step += 1) {
    if (pitchHz[step]! > 0 && sounding[step] === 1) octaves.push(Math.log2(pitchHz[step]!));
  }
  octaves.sort((a, b) => a - b);
  const quantile = (share: number) => octaves[Math.floor(share * (octaves.length - 1))]!;
  if (octaves.length < steps.of(leastVoicedSeconds)) return Number.NaN;
  return quantile(0.75) - quantile(0.25) < steadiestOctaves ? Number.NaN : quantile(0.5);
}
