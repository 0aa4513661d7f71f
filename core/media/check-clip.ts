import { DamagedMedia } from '../failures.ts';
import type { ClipSpan } from './clip-span.ts';
import { parseReport, reportArgs } from './ffprobe-report.ts';
import { ffprobeArgs } from './input-args.ts';
import { failAsDamaged } from './run-leniently.ts';
import type { Tools } from './tools.ts';
import type { SourceFacts } from './types.ts';

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
  span: ClipSpan,
  signal: AbortSignal,
): Promise<ClipFacts> {
  const args = [...ffprobeArgs, ...reportArgs, '-protocol_whitelist', 'file', '-f', 'mov', '-i', clipPath];
  const { format, streams } = parseReport(
    await tools.ffprobe(args, { signal, wallSeconds }).catch(failAsDamaged),
  );
  const video = streams.find(({ codec_type }) => codec_type === 'video');
  const audio = streams.find(({ codec_type }) => codec_type === 'audio');
  const durationSeconds = Number(format.duration);

  const isWhole = Number(video?.nb_frames) >= span.frames - 1;
  const oneFrame = 1 / span.framesPerSecond + 0.002;
  const isAsLong = Math.abs(durationSeconds - span.durationSeconds) <= oneFrame;
  if (!video || !isWhole || !isAsLong || Boolean(audio) !== Boolean(facts.audio)) {
    throw new DamagedMedia('The recording breaks off or is damaged where this clip should be.');
  }
  return { durationSeconds, widthPixels: video.width ?? 0, heightPixels: video.height ?? 0 };
}
