import { decoderArgs, ffmpegArgs, inputArgs } from '../ffmpeg/input-args.ts';
import { progressArgs, readPosition } from '../ffmpeg/read-progress.ts';
import { failAsDamaged } from '../ffmpeg/run-leniently.ts';
import { runLimits } from '../ffmpeg/run-limits.ts';
import type { Tools } from '../ffmpeg/tools.ts';
import type { Input } from '../reads/with-ranges.ts';
import type { SourceFacts } from '../types.ts';
import { coverSeconds } from './choose-tracks.ts';
import type { FactsSoFar } from './read-facts.ts';

/** The last resort, for a file that doesn't tell its length, or was never finished: read all of it. */
export async function measureLength(tools: Tools, input: Input, facts: FactsSoFar): Promise<SourceFacts> {
  const { video, audio, ...others } = facts;
  const count = ({ streamIndex }: { streamIndex: number }) =>
    countSeconds(tools, input, countArgs(input.url, facts.demuxer, streamIndex));

  const videoSeconds = video ? await count(video) : 0;
  const isCover = videoSeconds <= coverSeconds;
  if (!audio || !isCover) return { ...facts, durationSeconds: videoSeconds };
  return { ...others, kind: 'audio', audio, durationSeconds: await count(audio) };
}

export function countArgs(url: string, demuxer: string, streamIndex: number): string[] {
  return [
    ...[...ffmpegArgs, ...progressArgs, ...decoderArgs, ...inputArgs(url, demuxer)],
    ...['-map', `0:${streamIndex}`, '-c', 'copy', '-f', 'null', '-'],
  ];
}

async function countSeconds(tools: Tools, { signal }: Input, args: string[]): Promise<number> {
  let seconds = 0;
  const readers = [
    readPosition((position) => {
      seconds = position;
    }),
  ];
  await tools.ffmpeg(args, { signal, ...runLimits, readers }).catch(failAsDamaged);
  return seconds;
}
