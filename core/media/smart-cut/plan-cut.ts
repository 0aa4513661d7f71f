import type { ClipSpan } from '../clip/clip-span.ts';
import type { Packet } from './packet-list.ts';
import { Uncuttable } from './uncuttable.ts';

/** One end of a clip, to be encoded anew. */
export interface CutEnd {
  side: 'head' | 'tail';
  /** The packets to decode it from, [from, to) in the file's order: from a keyframe to a little more than is needed. */
  fromPacket: number;
  toPacket: number;
  /** How many frames are shown from that keyframe on until the end's first. */
  skippedFrames: number;
  frames: number;
  /** When its first frame is shown; the in point is 0. */
  startSeconds: number;
}

/** A clip as packets that are copied, [from, to) in the file's order, and frames encoded anew before and after them. */
export interface CutPlan {
  copied: { fromPacket: number; toPacket: number };
  /** None where the copied packets begin, or end, as the clip does. */
  ends: CutEnd[];
  /** How long before the in point the first frame began. */
  leadSeconds: number;
  /** How many frames earlier than shown a keyframe is decoded: 0 where no picture refers to a later one. */
  delayFrames: number;
}

/** Copied frames that an end is decoded with, for a look at its join. */
export const framesBeside = 3;

/** With less it's hardly faster, and two encoders' pictures in one clip for nothing. */
const leastCopiedShare = 0.3;

/** x264 knows no others. */
const longestDelayFrames = 2;

/** Of a time stamp: containers that count in milliseconds are half of one off. */
const toleranceSeconds = 0.001;

/** Times that were computed in two ways are as good as the same. */
const roundingSeconds = 1e-9;

/**
 * Chooses which packets of a span can be copied: from the first keyframe on that nothing before refers beyond, and as
 * far as no frame is missing that is shown in between. Throws Uncuttable.
 */
export function planCut(
  packets: readonly Packet[],
  span: Pick<ClipSpan, 'frames' | 'framesPerSecond'>,
): CutPlan {
  if (packets.some(({ isSpecial }) => isSpecial)) throw new Uncuttable('Its packets are not alike');
  const shown = packets.map(({ shownSeconds }) => shownSeconds).sort((one, other) => one - other);
  if (!shown.every((seconds, n) => n === 0 || seconds > shown[n - 1]!)) {
    throw new Uncuttable('Two frames have the same time');
  }
  const first = shown.findLastIndex((seconds) => seconds <= roundingSeconds);
  requireConstantRate(shown, first, span);

  const whole = wholeUpTo(packets, shown);
  const keys = whole.filter((index) => packets[index]?.isKey && packets[index].shownSeconds === shown[index]);
  if (keys.length === 0) throw new Uncuttable('There is no place to cut');
  const end = first + span.frames;
  const delayFrames = delayOf(
    keys.map((index) => packets[index]!),
    span.framesPerSecond,
  );
  // Shorter ones have no room for frames in another order; and two keyframes in a row may be taken for one.
  const isLongEnough = (frames: number) => frames === 0 || frames >= Math.max(2, delayFrames + 1);

  const fromPacket = keys.find((index) => index >= first && isLongEnough(index - first));
  const toPacket = whole.findLast((index) => index <= end && isLongEnough(end - index));
  if (fromPacket === undefined || toPacket === undefined) throw new Uncuttable('There is no place to cut');
  if (toPacket - fromPacket < leastCopiedShare * span.frames)
    throw new Uncuttable('Too little can be copied');

  const headFrom = keys.findLast((index) => index <= first);
  // Before the join, even if that is a keyframe: for a look at it.
  const tailFrom = keys.findLast((index) => index < toPacket);
  if (headFrom === undefined || tailFrom === undefined)
    throw new Uncuttable('There is no keyframe before it');
  const head: CutEnd = {
    ...{ side: 'head', fromPacket: headFrom, toPacket: fromPacket + framesBeside + delayFrames },
    ...{ skippedFrames: first - headFrom, frames: fromPacket - first, startSeconds: shown[first]! },
  };
  const tail: CutEnd = {
    ...{ side: 'tail', fromPacket: tailFrom, toPacket: packets.length },
    ...{ skippedFrames: toPacket - tailFrom, frames: end - toPacket, startSeconds: shown[toPacket] ?? 0 },
  };
  return {
    copied: { fromPacket, toPacket },
    ends: [head, tail].filter(({ frames }) => frames > 0),
    leadSeconds: -shown[first]!,
    delayFrames,
  };
}

/** Each frame of the clip has to be one of the source: the one that began last by its time. */
function requireConstantRate(
  shown: readonly number[],
  first: number,
  { frames, framesPerSecond }: Pick<ClipSpan, 'frames' | 'framesPerSecond'>,
): void {
  const start = shown[first];
  const isThere = start !== undefined && shown.length >= first + frames;
  if (!isThere) throw new Uncuttable('Frames are missing');
  for (let n = 0; n < frames; n += 1) {
    const now = n / framesPerSecond + roundingSeconds;
    const [begins, next = Number.POSITIVE_INFINITY] = shown.slice(first + n, first + n + 2);
    const isShown = begins! <= now && now < next;
    const isRegular = Math.abs(begins! - start - n / framesPerSecond) <= toleranceSeconds;
    if (!isShown || !isRegular) throw new Uncuttable('Its rate is not constant');
  }
}

/** How many packets one can decode, from the first on, and have all frames up to some moment and none beyond. */
function wholeUpTo(packets: readonly Packet[], shown: readonly number[]): number[] {
  const whole: number[] = [];
  let latest = Number.NEGATIVE_INFINITY;
  for (let index = 0; index <= packets.length; index += 1) {
    if (index === 0 || latest === shown[index - 1]) whole.push(index);
    latest = Math.max(latest, packets[index]?.shownSeconds ?? latest);
  }
  return whole;
}

function delayOf(keys: readonly Packet[], framesPerSecond: number): number {
  const delays = keys.map(
    ({ shownSeconds, decodedSeconds }) => (shownSeconds - decodedSeconds) * framesPerSecond,
  );
  const delayFrames = Math.round(delays[0] ?? Number.NaN);
  const isKnown = delayFrames >= 0 && delayFrames <= longestDelayFrames;
  const isSame = delays.every((delay) => Math.abs(delay - delayFrames) < 0.1);
  if (!isKnown || !isSame) throw new Uncuttable('Its frames come in an order that we do not encode');
  return delayFrames;
}
