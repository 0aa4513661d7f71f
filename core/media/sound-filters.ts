import type { ClipSpan } from './clip-span.ts';

export const clipSampleRateHz = 48_000;

const samplesPerPacket = 1024;

/** Too short to be heard as a fade; a cut through a loud sound would be heard as a click. */
const fadeSeconds = 0.005;

/** `whole` is the span's sound, all of it; `end` makes it the clip's, which may be some milliseconds shorter. */
export function soundFilters(span: ClipSpan): { whole: string; end: string } {
  const seconds = span.durationSeconds.toFixed(6);
  const samples = wholePackets(span);
  const fadeOut = samples / clipSampleRateHz - fadeSeconds;
  return {
    whole: [
      `atrim=start=0:end=${seconds}`,
      // Gaps become silence, also one at the start: sound and picture begin together.
      `aresample=${clipSampleRateHz}:async=1:first_pts=0`,
      'aformat=channel_layouts=stereo',
      `apad=whole_len=${Math.round(span.durationSeconds * clipSampleRateHz)}`,
    ].join(','),
    end: [
      `atrim=end_sample=${samples}`,
      `afade=t=in:d=${fadeSeconds}`,
      `afade=t=out:st=${fadeOut.toFixed(6)}:d=${fadeSeconds}`,
    ].join(','),
  };
}

/**
 * AAC comes in whole packets, the first of them empty; old ffmpegs count it as time. So the sound ends up to two
 * packets (43 ms) early, and the picture alone says how long the file is.
 */
function wholePackets({ durationSeconds }: ClipSpan): number {
  const packets = Math.floor((durationSeconds * clipSampleRateHz) / samplesPerPacket) - 1;
  return Math.max(packets, 1) * samplesPerPacket;
}
