import { DamagedMedia } from '../../failures.ts';
import { ffprobeArgs } from '../ffmpeg/input-args.ts';
import { failAsDamaged } from '../ffmpeg/run-leniently.ts';
import type { Tools } from '../ffmpeg/tools.ts';
import { parseReport, reportArgs } from '../probe/ffprobe-report.ts';
import type { SourceFacts } from '../types.ts';
import type { PictureSize } from './clip-size.ts';
import type { ClipSpan } from './clip-span.ts';

const wallSeconds = 60;

export interface ClipFacts {
  durationSeconds: number;
  widthPixels: number;
  heightPixels: number;
}

/**
 * Looks at what was rendered, since ffmpeg ends well with half an output too. The last frame may be missing:
 * sources end a little before they say. Throws DamagedMedia.
 */
export async function checkClip(
  tools: Tools,
  clipPath: string,
  facts: SourceFacts,
  expected: ClipSpan & PictureSize,
  signal: AbortSignal,
): Promise<ClipFacts> {
  const args = [
    // Its index in front may tell of more than there is behind it.
    ...[...ffprobeArgs, ...reportArgs, '-count_packets'],
    ...['-protocol_whitelist', 'file', '-f', 'mov', '-i', clipPath],
  ];
  const { format, streams } = parseReport(
    await tools.ffprobe(args, { signal, wallSeconds }).catch(failAsDamaged),
  );
  const video = streams.find(({ codec_type }) => codec_type === 'video');
  const audio = streams.find(({ codec_type }) => codec_type === 'audio');
  const durationSeconds = Number(format.duration);

  const isWhole = Number(video?.nb_read_packets) >= Math.max(1, expected.frames - 1);
  const oneFrame = 1 / expected.framesPerSecond + 0.002;
  const isAsLong = Math.abs(durationSeconds - expected.durationSeconds) <= oneFrame;
  if (!video || !isWhole || !isAsLong || Boolean(audio) !== Boolean(facts.audio)) {
    throw new DamagedMedia('The recording breaks off or is damaged where this clip should be.');
  }
  const { width: widthPixels = 0, height: heightPixels = 0 } = video;
  if (widthPixels !== expected.widthPixels || heightPixels !== expected.heightPixels) {
    throw new Error(`The clip is ${widthPixels} × ${heightPixels}: not what was asked of ffmpeg`);
  }
  return { durationSeconds, widthPixels, heightPixels };
}
