import { clockArgs, decoderArgs, ffmpegArgs, inputArgs } from '../ffmpeg/input-args.ts';
import { readLines } from '../ffmpeg/read-lines.ts';
import { progressArgs, readProgress } from '../ffmpeg/read-progress.ts';
import { runLimits } from '../ffmpeg/run-limits.ts';
import type { Tools } from '../ffmpeg/tools.ts';
import { withRanges } from '../reads/with-ranges.ts';
import type { ByteSource, Media, SourceFacts } from '../types.ts';

/**
 * For a better place to begin, nobody waits longer: such sources are read whole, and a picture that consists of
 * keyframes only (ProRes, MJPEG) decodes at no more than 15 times real time. See docs/adr/0018-scenes.md.
 */
const bounds = { sizeBytes: 20 * 1024 ** 3, durationSeconds: 4 * 3600, wallSeconds: 240 };

/** Mean change of a pixel's brightness, of 255: people who move stay under 10, another scene is over 30. */
const leastDifference = 20;

/** What the job's record has room for, and finer than anybody's choice among them. */
const mostScenes = 1000;

/** See Media.findScenes. Never throws for what is wrong with the picture: scenes are a hint. */
export async function findScenes(
  tools: Tools,
  source: ByteSource,
  facts: SourceFacts,
  { signal, onProgress }: Parameters<Media['findScenes']>[2],
): Promise<{ sceneSeconds: number[]; bytesRead: number }> {
  const { video, durationSeconds } = facts;
  if (!video || source.sizeBytes > bounds.sizeBytes || durationSeconds > bounds.durationSeconds) {
    return { sceneSeconds: [], bytesRead: 0 };
  }
  const apartSeconds = durationSeconds / mostScenes;
  const scenes = createScenes(apartSeconds);
  const { bytesRead } = await withRanges(source, { signal, extent: 'whole' }, async (input) => {
    const readers = [readProgress(durationSeconds, onProgress), readLines(scenes.add)];
    await tools
      .ffmpeg(scenesArgs(input.url, facts), {
        signal: input.signal,
        ...{ ...runLimits, wallSeconds: bounds.wallSeconds },
        readers,
      })
      .catch(() => undefined); // what was seen until then still counts
    return {};
  });
  signal.throwIfAborted();
  return { sceneSeconds: scenes.seconds, bytesRead };
}

/** `pipe:3` tells how much each keyframe differs from the one before. */
export function scenesArgs(url: string, facts: SourceFacts): string[] {
  return [
    ...[...ffmpegArgs, ...progressArgs, ...clockArgs(facts), ...decoderArgs],
    // (Not `-discard nokey`, which is cheaper: after it the times of MP4's keyframes are off by some frames.)
    ...['-skip_frame:v', 'nokey', '-noautorotate'],
    ...inputArgs(url, facts.demuxer),
    ...['-map', `0:${facts.video?.streamIndex ?? 'v:0'}`],
    ...[
      '-vf',
      'settb=1/1000,scale=64:36,format=gray,signalstats,metadata=print:key=lavfi.signalstats.YDIF:file=pipe\\\\:3',
    ],
    ...['-vsync', 'passthrough', '-f', 'null', '-'],
  ];
}

/** Reads what `metadata=print` says, its clock in milliseconds: `frame:12 pts:750 pts_time:0.75`, `lavfi.signalstats.YDIF=31.4`. */
function createScenes(apartSeconds: number) {
  const seconds: number[] = [];
  let at = Number.NaN;
  return {
    seconds,
    add(line: string): void {
      const milliseconds = /^frame:\d+ +pts:(\d+)/.exec(line)?.[1];
      // Two more: the one that the clock is behind, and one against rounding. Earlier, the former scene would flash up.
      if (milliseconds) at = (Number(milliseconds) + 2) / 1000;
      const difference = /^lavfi\.signalstats\.YDIF=(.+)$/.exec(line.trim())?.[1];
      const isFar = at - (seconds.at(-1) ?? 0) >= apartSeconds;
      if (Number(difference) >= leastDifference && isFar) seconds.push(at);
    },
  };
}
