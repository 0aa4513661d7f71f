import type { ClipSpan } from '../clip/clip-span.ts';
import type { SourceFacts } from '../types.ts';

export const clipSampleRateHz = 48_000;

const samplesPerPacket = 1024;

/** Too short to be heard as a fade; a cut through a loud sound would be heard as a click. */
const fadeSeconds = 0.005;

/** How much sound before the in point is kept, for pictures that began there already: see createFrameClock. */
export function keptSeconds({ video }: SourceFacts, { framesPerSecond }: ClipSpan): number {
  return video ? 1 / framesPerSecond : 0;
}

/** The sound of a span, and `beforeSeconds` before it: without gaps, in stereo. */
export function soundFilters({ durationSeconds }: ClipSpan, beforeSeconds: number): string {
  const seconds = durationSeconds + beforeSeconds;
  return [
    ...(beforeSeconds > 0 ? [`asetpts=PTS+${beforeSeconds.toFixed(6)}/TB`] : []),
    `atrim=start=0:end=${seconds.toFixed(6)}`,
    // Gaps become silence, also one at the start.
    `aresample=${clipSampleRateHz}:async=1:first_pts=0`,
    'aformat=channel_layouts=stereo',
    `apad=whole_len=${Math.round(seconds * clipSampleRateHz)}`,
  ].join(',');
}

/** From that to the clip's sound: it begins after `skipSeconds`, and neither end clicks. */
export function cutFilters(span: ClipSpan, skipSeconds: number): string {
  const start = Math.round(skipSeconds * clipSampleRateHz);
  const samples = wholePackets(span);
  const fadeOut = samples / clipSampleRateHz - fadeSeconds;
  return [
    `atrim=start_sample=${start}:end_sample=${start + samples}`,
    'asetpts=PTS-STARTPTS',
    `afade=t=in:d=${fadeSeconds}`,
    `afade=t=out:st=${fadeOut.toFixed(6)}:d=${fadeSeconds}`,
  ].join(',');
}

/**
 * AAC comes in whole packets, the first of them empty; old ffmpegs count it as time. So the sound ends up to two
 * packets (43 ms) early, and the picture alone says how long the file is.
 */
function wholePackets({ durationSeconds }: ClipSpan): number {
  const packets = Math.floor((durationSeconds * clipSampleRateHz) / samplesPerPacket) - 1;
  return Math.max(packets, 1) * samplesPerPacket;
}
