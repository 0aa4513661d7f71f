import { decoderArgs, ffmpegArgs, inputArgs } from '../ffmpeg/input-args.ts';
import { wholePercents } from '../ffmpeg/read-progress.ts';
import { failAsDamaged } from '../ffmpeg/run-leniently.ts';
import { runLimits } from '../ffmpeg/run-limits.ts';
import type { Tools } from '../ffmpeg/tools.ts';
import { flacHeadBytes, flacSeconds } from '../probe/flac-seconds.ts';
import { readWithRetry } from '../reads/read-with-retry.ts';
import { withRanges } from '../reads/with-ranges.ts';
import type { ByteSource, Media, Sound } from '../types.ts';
import { findSilences } from './find-silences.ts';
import { createSoundSteps, sampleRateHz, stepSeconds } from './sound-steps.ts';

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
