import { findSilences } from './find-silences.ts';
import { flacHeadBytes, flacSeconds } from './flac-seconds.ts';
import { decoderArgs, ffmpegArgs, inputArgs } from './input-args.ts';
import { readLevels } from './read-levels.ts';
import { readWithRetry } from './read-with-retry.ts';
import { failAsDamaged } from './run-leniently.ts';
import { runLimits } from './run-limits.ts';
import type { Tools } from './tools.ts';
import type { ByteSource, Loudness, Media } from './types.ts';
import { withRanges } from './with-ranges.ts';

/** ebur128 measures ten times a second. */
const stepSeconds = 0.1;
/** Pauses are found on a finer grid: a cut may be a twentieth of a second off, no more. */
const levelStepSeconds = 0.05;
const sampleRateHz = 16_000;

/** See Media.listen. */
export async function listenToAudio(
  tools: Tools,
  audio: ByteSource,
  { signal, onProgress }: Parameters<Media['listen']>[1],
): Promise<Loudness> {
  const head = await readWithRetry(audio, 0, Math.min(flacHeadBytes, audio.sizeBytes), signal);
  const totalSeconds = flacSeconds(head);
  const momentary = readLevels('lavfi.r128.M', totalSeconds && totalSeconds / stepSeconds, onProgress);
  const levels = readLevels('lavfi.astats.Overall.RMS_level');

  await withRanges(audio, signal, async (input) => {
    const readers = [momentary.read, levels.read];
    await tools
      .ffmpeg(listenArgs(input.url), { signal: input.signal, readers, ...runLimits })
      .catch(failAsDamaged);
    return {};
  });
  return {
    durationSeconds: totalSeconds ?? levels.values.length * levelStepSeconds,
    momentaryLufs: momentary.values,
    stepSeconds,
    silences: findSilences(levels.values, levelStepSeconds),
  };
}

/** One pass; momentary loudness is printed to pipe 1, the level of each twentieth of a second to pipe 3. */
export function listenArgs(url: string): string[] {
  const filters = [
    `aresample=${sampleRateHz}`,
    'aformat=channel_layouts=mono',
    `asetnsamples=n=${sampleRateHz * levelStepSeconds}:p=0`,
    'astats=metadata=1:reset=1',
    'ametadata=mode=print:key=lavfi.astats.Overall.RMS_level:file=pipe\\\\:3',
    'ebur128=metadata=1',
    'ametadata=mode=print:key=lavfi.r128.M:file=pipe\\\\:1',
  ];
  return [
    ...[...ffmpegArgs, '-xerror', '-nostats', ...decoderArgs, ...inputArgs(url, 'flac')],
    ...['-map', '0:a:0', '-af', filters.join(','), '-f', 'null', '-'],
  ];
}
