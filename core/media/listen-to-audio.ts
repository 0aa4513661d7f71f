import { findSilences } from './find-silences.ts';
import { flacHeadBytes, flacSeconds } from './flac-seconds.ts';
import { decoderArgs, ffmpegArgs, inputArgs } from './input-args.ts';
import { wholePercents } from './read-progress.ts';
import { readWithRetry } from './reads/read-with-retry.ts';
import { withRanges } from './reads/with-ranges.ts';
import { failAsDamaged } from './run-leniently.ts';
import { runLimits } from './run-limits.ts';
import { createSoundSteps, sampleRateHz, stepSeconds } from './sound-steps.ts';
import type { Tools } from './tools.ts';
import type { ByteSource, Media, Sound } from './types.ts';

/** See Media.listen. */
export async function listenToAudio(
  tools: Tools,
  audio: ByteSource,
  { signal, onProgress }: Parameters<Media['listen']>[1],
): Promise<Sound> {
  const head = await readWithRetry(audio, 0, Math.min(flacHeadBytes, audio.sizeBytes), signal);
  const totalSeconds = flacSeconds(head);
  const steps = createSoundSteps(totalSeconds);
  const tellProgress = wholePercents(totalSeconds ?? Number.POSITIVE_INFINITY, onProgress);

  await withRanges(audio, { signal, extent: 'whole' }, async (input) => {
    const readBytes = (bytes: Uint8Array) => {
      steps.add(bytes);
      tellProgress(steps.seconds());
    };
    await tools
      .ffmpeg(listenArgs(input.url), { signal: input.signal, readBytes, ...runLimits })
      .catch(failAsDamaged);
    return {};
  });
  const { voiceDecibels, ...series } = steps.values();
  return {
    durationSeconds: totalSeconds ?? steps.seconds(),
    stepSeconds,
    ...series,
    silences: findSilences(voiceDecibels, stepSeconds),
  };
}

/** Only decoded by ffmpeg: any version does that alike, and faster than its filters would measure. */
export function listenArgs(url: string): string[] {
  return [
    ...[...ffmpegArgs, '-xerror', '-nostats', ...decoderArgs, ...inputArgs(url, 'flac')],
    ...[
      '-map',
      '0:a:0',
      '-ar',
      String(sampleRateHz),
      '-ac',
      '1',
      '-c:a',
      'pcm_s16le',
      '-f',
      's16le',
      'pipe:1',
    ],
  ];
}
