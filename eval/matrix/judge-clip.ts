import type { RenderedFile } from '../../core/media/types.ts';
import { flashTimes, rateOf } from './flash-and-beep.ts';
import { type Probed, probeReference } from './reference.ts';
import { findBeeps, findFlashes, quartersOf } from './sync.ts';
import type { Variant } from './variant.ts';

export interface Verdict {
  /** In words; none when all is well. */
  violations: string[];
  /** The beep farthest from its flash: later is positive. Absent without sound. */
  offsetMs?: number;
  loudnessLufs?: number;
}

export interface Asked {
  variant: Variant;
  file: RenderedFile;
  range: { startSeconds: number; endSeconds: number };
  size: readonly [width: number, height: number];
  /** Of the clip's sound, as measured. */
  levels?: { integratedLufs: number; truePeakDbtp: number };
}

/** Holds a clip against what was asked. */
export function judgeClip({ variant, file, range, size, levels }: Asked): Verdict {
  const probed = probeReference(file.path);
  const { flashes, complaints } = findFlashes(file.path, probed.frameTimes);
  const sync = variant.sound === 'none' ? undefined : judgeSync(variant, file.path, range, flashes);
  const violations = [
    ...judgeFormat(variant, probed, range, size),
    ...(complaints ? [`its picture does not decode: ${complaints}`] : []),
    ...(sync?.violations ?? []),
    ...judgeLoudness(variant, levels),
    ...(file.output.shape === 'source' && variant.size !== false ? judgeOrientation(file.path) : []),
  ];
  return { violations, offsetMs: sync?.offsetMs, loudnessLufs: levels?.integratedLufs };
}

function judgeFormat(
  { rate = '30', clipRate = rate, sound = 'beeps', size: shown }: Variant,
  { video, audio, duration, frameTimes }: Probed,
  range: Asked['range'],
  [width, height]: Asked['size'],
): string[] {
  const framesPerSecond = rateOf(shown === false ? '30' : clipRate);
  const wantedSeconds = range.endSeconds - range.startSeconds;
  const wanted: [string, unknown, unknown][] = [
    ['size', `${video.width}x${video.height}`, `${width}x${height}`],
    ['pixels', video.sample_aspect_ratio, '1:1'],
    ['codec', `${video.codec_name} ${video.pix_fmt}`, 'h264 yuv420p'],
    ['colours', `${video.color_space} ${video.color_transfer} ${video.color_range}`, 'bt709 bt709 tv'],
    ['sound', audio?.codec_name, sound === 'none' ? undefined : 'aac'],
    ['start', Math.round(frameTimes[0]! * 1000), 0],
    ['side data', video.side_data_list, undefined],
  ];
  const frames = Math.round(wantedSeconds * framesPerSecond);
  return [
    ...wanted.flatMap(([what, is, asked]) => (is === asked ? [] : [`${what}: ${is}, not ${asked}`])),
    ...(Math.abs(rateOf(String(video.r_frame_rate)) - framesPerSecond) > 0.01
      ? [`rate: ${video.r_frame_rate}`]
      : []),
    ...(Math.abs(frameTimes.length - frames) > 1 ? [`${frameTimes.length} frames, not ${frames}`] : []),
    ...(Math.abs(duration - wantedSeconds) > 1 / framesPerSecond
      ? [`length: ${duration} s, not ${wantedSeconds}`]
      : []),
  ];
}

function judgeSync(variant: Variant, path: string, range: Asked['range'], flashes: number[]) {
  const { rate = '30', sound = 'beeps', size, delaySeconds = 0 } = variant;
  const expected = flashTimes(rate, range.endSeconds)
    .map((time) => time + delaySeconds - range.startSeconds)
    .filter((time) => time >= 0);
  const hasPicture = size !== false;
  const seen = hasPicture ? flashes : expected;
  const { beeps, complaints } = findBeeps(path, seen);
  const offsets = beeps.flatMap((beep, n) => (beep === undefined ? [] : [(beep - seen[n]!) * 1000]));
  const offsetMs = offsets.reduce(
    (worst, offset) => (Math.abs(offset) > Math.abs(worst) ? offset : worst),
    0,
  );
  const pairs = sound === 'silence' ? 0 : (variant.pairs ?? expected.length);
  // A transport stream's clock may start with its sound, a packet before its picture.
  const isElsewhere = (time: number, n: number) => Math.abs(time - expected[n]!) > 1 / rateOf(rate) + 0.025;
  const violations = [
    ...(complaints ? [`its sound does not decode: ${complaints}`] : []),
    ...(offsets.length < pairs ? [`${offsets.length} beeps, not ${pairs}`] : []),
    ...(sound === 'silence' && offsets.length > 0 ? ['it is not silent'] : []),
    ...(seen.length !== expected.length ? [`${seen.length} flashes, not ${expected.length}`] : []),
    ...(seen.length === expected.length && seen.some(isElsewhere)
      ? [`flashes at ${seen}, not ${expected}`]
      : []),
    ...(Math.abs(offsetMs) >= 20 ? [`sound ${offsetMs.toFixed(1)} ms off`] : []),
  ];
  return { violations, ...(offsets.length > 0 && { offsetMs }) };
}

function judgeLoudness({ sound = 'beeps' }: Variant, levels: Asked['levels']): string[] {
  if (!levels) return [];
  const { integratedLufs, truePeakDbtp } = levels;
  const isRight = sound === 'silence' ? integratedLufs < -60 : Math.abs(integratedLufs + 14) <= 1;
  return [
    ...(isRight ? [] : [`${integratedLufs.toFixed(1)} LUFS`]),
    ...(truePeakDbtp > -1 ? [`peaks of ${truePeakDbtp.toFixed(1)} dBTP`] : []),
  ];
}

function judgeOrientation(path: string): string[] {
  const [marked = 0, ...others] = quartersOf(path);
  return marked > Math.max(...others) + 8
    ? []
    : [`its top left quarter is not the bright one: ${[marked, ...others]}`];
}
