import { toClipColours } from './clip-colours.ts';
import { clipSize } from './clip-size.ts';
import type { ClipSpan } from './clip-span.ts';
import { tellFrameTimes } from './frame-clock.ts';
import { formatRate } from './frame-rate.ts';
import { turnFilters } from './orientation.ts';
import type { VideoFacts } from './types.ts';

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
