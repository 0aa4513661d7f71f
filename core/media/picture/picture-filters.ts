import { clipSize } from '../clip/clip-size.ts';
import type { ClipSpan } from '../clip/clip-span.ts';
import { tellFrameTimes } from '../clip/frame-clock.ts';
import { formatRate } from '../probe/frame-rate.ts';
import { turnFilters } from '../probe/orientation.ts';
import type { VideoFacts } from '../types.ts';
import { toClipColours } from './clip-colours.ts';

/** From the source's picture to the clip's: its frames, upright, square pixels, the colours that all clips have. */
export function pictureFilters(video: VideoFacts, { framesPerSecond, frames }: ClipSpan): string {
  const { widthPixels, heightPixels } = clipSize(video);
  const size = `${widthPixels}:${heightPixels}`;
  return [
    ...(video.interlaced ? ['yadif=deint=interlaced'] : []),
    tellFrameTimes,
    // Each frame of the clip is the one shown at its time: the last that began by then, also the very first.
    `fps=fps=${formatRate(framesPerSecond)}:start_time=0:round=up`,
    `trim=end_frame=${frames}`,
    ...turnFilters(video),
    ...toClipColours(video, size),
    'setsar=1',
    'format=yuv420p',
  ].join(',');
}
