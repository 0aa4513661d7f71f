import type { ClipLook } from '../clip/clip-look.ts';
import { clipSize } from '../clip/clip-size.ts';
import type { ClipSpan } from '../clip/clip-span.ts';
import { keepsColours } from '../picture/clip-colours.ts';
import type { ByteSource, SourceFacts, VideoFacts } from '../types.ts';

/** What is copied lies in the folder up to three times, and the folder has room for 9 GiB. */
const mostCopiedBytes = 2 * 1024 ** 3;

/**
 * Whether the source's packets could be the clip's: nothing is drawn over its pictures, and a clip's would be as they
 * are. What only the packets can tell comes later, in `planCut`.
 */
export function mayCopy(
  { sizeBytes }: Pick<ByteSource, 'sizeBytes'>,
  { demuxer, video, durationSeconds }: SourceFacts,
  span: Pick<ClipSpan, 'durationSeconds'>,
  look: ClipLook,
): boolean {
  const { outputs, watermark, captions = [] } = look;
  const isBare =
    outputs.length === 1 && outputs[0]!.shape === 'source' && !watermark && captions.length === 0;
  const copiedBytes = (sizeBytes * span.durationSeconds) / durationSeconds;
  // Of MP4 and MOV alone it's certain that each packet has its own time and keyframes are marked.
  const isSuited = demuxer === 'mov' && video?.codec === 'h264' && staysAsItIs(video);
  return look.cut === 'fast' && isBare && isSuited && copiedBytes <= mostCopiedBytes;
}

function staysAsItIs(video: VideoFacts): boolean {
  const { widthPixels, heightPixels, pixelAspect, rotationDegrees, mirrored, interlaced } = video;
  const size = clipSize(video);
  const isSameSize = size.widthPixels === widthPixels && size.heightPixels === heightPixels;
  return (
    isSameSize &&
    pixelAspect === 1 &&
    rotationDegrees === 0 &&
    !mirrored &&
    !interlaced &&
    keepsColours(video)
  );
}
