import { DamagedMedia, MediaTooLarge, NotMedia } from '../../failures.ts';
import { limits } from '../../limits.ts';
import { ffprobeArgs, inputArgs } from '../ffmpeg/input-args.ts';
import { isRefusal } from '../ffmpeg/run-leniently.ts';
import type { Tools } from '../ffmpeg/tools.ts';
import { readWithRetry } from '../reads/read-with-retry.ts';
import { type Input, withRanges } from '../reads/with-ranges.ts';
import type { ByteSource, Media, SourceFacts } from '../types.ts';
import { type FfprobeReport, parseReport, reportArgs } from './ffprobe-report.ts';
import { measureLength } from './measure-length.ts';
import { firstFrameOffset, hasLengthNote, lengthNoteBytes } from './mp3-length.ts';
import { readFacts } from './read-facts.ts';
import { headBytes, sniffDemuxer } from './sniff-demuxer.ts';

const probeWallSeconds = 120;

/** See Media.probe. */
export async function probeSource(
  tools: Tools,
  source: ByteSource,
  { signal }: Parameters<Media['probe']>[1],
): Promise<{ facts: SourceFacts; bytesRead: number }> {
  const head = await readWithRetry(source, 0, Math.min(headBytes, source.sizeBytes), signal);
  const demuxer = sniffDemuxer(head);
  if (!demuxer) {
    throw new NotMedia('The file is no recording that we know: it starts like no video or audio file.');
  }
  const guessed = await isLengthGuessed(source, demuxer, head, signal);

  const probed = await withRanges(source, { signal }, async (input) => {
    const soFar = readFacts(await report(tools, input, demuxer), demuxer, await tools.decodable(signal));
    const { durationSeconds: stated } = soFar;
    const isStated = stated !== undefined && !guessed;
    const facts = isStated ? { ...soFar, durationSeconds: stated } : await measureLength(tools, input, soFar);
    const { durationSeconds } = facts;
    if (durationSeconds > limits.media.durationSeconds) {
      throw new MediaTooLarge('The recording is longer than 24 hours.');
    }
    if (!(durationSeconds > 0)) {
      throw new DamagedMedia('There is nothing to play in the file: it has no length.');
    }
    return { facts };
  });
  return { ...probed, bytesRead: probed.bytesRead + head.length };
}

/** Bare frames one after the other: nothing before them says how many there are. */
async function isLengthGuessed(
  source: ByteSource,
  demuxer: string,
  head: Uint8Array,
  signal: AbortSignal,
): Promise<boolean> {
  if (demuxer !== 'mp3') return demuxer === 'aac';
  const start = Math.min(firstFrameOffset(head), source.sizeBytes);
  const end = Math.min(start + lengthNoteBytes, source.sizeBytes);
  return start === end || !hasLengthNote(await readWithRetry(source, start, end, signal));
}

export function probeArgs(url: string, demuxer: string): string[] {
  return [...ffprobeArgs, ...reportArgs, ...inputArgs(url, demuxer)];
}

async function report(tools: Tools, { url, signal }: Input, demuxer: string): Promise<FfprobeReport> {
  try {
    const printed = await tools.ffprobe(probeArgs(url, demuxer), { signal, wallSeconds: probeWallSeconds });
    return parseReport(printed);
  } catch (error) {
    if (!isRefusal(error)) throw error;
    throw new DamagedMedia("The recording can't be opened: it is damaged, or its end is missing.");
  }
}
