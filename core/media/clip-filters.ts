import { clipSize } from './clip-size.ts';
import type { ClipSpan } from './clip-span.ts';
import { formatRate } from './frame-rate.ts';
import type { SourceFacts, VideoFacts } from './types.ts';
import { waveformFilters } from './waveform-filters.ts';

const sampleRateHz = 48_000;
const samplesPerPacket = 1024;

/**
 * The filter graph of a clip. Its inputs come with the in point as time 0 and everything that was decoded on
 * the way there before it; its outputs are `[v]` and, for a source with sound, `[a]`.
 */
export function clipFilters({ video, audio }: SourceFacts, span: ClipSpan): string {
  if (video && !audio) return `[0:${video.streamIndex}]${pictureFilters(video, span)}[v]`;
  if (!audio) throw new TypeError('A source has video or audio');
  const sound = `[0:${audio.streamIndex}]${soundFilters(span)}`;
  const end = `atrim=end_sample=${wholePackets(span)}`;
  if (video) return `[0:${video.streamIndex}]${pictureFilters(video, span)}[v];${sound},${end}[a]`;
  return `${sound},asplit[sound][wave];[sound]${end}[a];${waveformFilters(span)}`;
}

function pictureFilters(video: VideoFacts, { framesPerSecond, frames }: ClipSpan): string {
  const { widthPixels, heightPixels } = clipSize(video);
  return [
    ...(video.interlaced ? ['yadif=deint=interlaced'] : []),
    // Each frame of the clip is the one shown at its time: the last that began by then, also the very first.
    `fps=fps=${formatRate(framesPerSecond)}:start_time=0:round=up`,
    `trim=end_frame=${frames}`,
    `scale=${widthPixels}:${heightPixels}`,
    ...(video.highDynamicRange ? toneMapping : []),
    'setsar=1',
    'format=yuv420p',
  ].join(',');
}

/** Down to what every screen shows: linear light, its peaks rolled off, and back. */
const toneMapping = [
  'zscale=t=linear:npl=100',
  'format=gbrpf32le',
  'zscale=p=bt709',
  'tonemap=hable:desat=0',
  'zscale=t=bt709:m=bt709:r=tv',
];

function soundFilters({ durationSeconds }: ClipSpan): string {
  return [
    `atrim=start=0:end=${durationSeconds.toFixed(6)}`,
    // Gaps become silence, also one at the start: sound and picture begin together.
    `aresample=${sampleRateHz}:async=1:first_pts=0`,
    'aformat=channel_layouts=stereo',
    `apad=whole_len=${Math.round(durationSeconds * sampleRateHz)}`,
  ].join(',');
}

/**
 * AAC comes in whole packets, the first of them empty; old ffmpegs count it as time. So the sound ends up to two
 * packets (43 ms) early, and the picture alone says how long the file is.
 */
function wholePackets({ durationSeconds }: ClipSpan): number {
  const packets = Math.floor((durationSeconds * sampleRateHz) / samplesPerPacket) - 1;
  return Math.max(packets, 1) * samplesPerPacket;
}
