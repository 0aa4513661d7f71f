import type { SourceFacts } from '../types.ts';
import type { Shape } from './clip-look.ts';
import { clipSize, type PictureSize } from './clip-size.ts';

const waveformSize: PictureSize = { widthPixels: 1280, heightPixels: 720 };

/** The size of a clip in a shape, exactly. */
export function outputSize({ video }: SourceFacts, shape: Shape): PictureSize {
  switch (shape) {
    case 'source':
      return video ? clipSize(video) : waveformSize;
    case 'vertical':
      return { widthPixels: 1080, heightPixels: 1920 };
    case 'square':
      return { widthPixels: 1080, heightPixels: 1080 };
    default:
      return shape satisfies never;
  }
}
