import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { UnsupportedMedia } from '../../failures.ts';
import { clockArgs, decoderArgs, ffmpegArgs, inputArgs } from '../ffmpeg/input-args.ts';
import { progressArgs, readProgress } from '../ffmpeg/read-progress.ts';
import { runLeniently } from '../ffmpeg/run-leniently.ts';
import { runLimits } from '../ffmpeg/run-limits.ts';
import type { Tools } from '../ffmpeg/tools.ts';
import { withRanges } from '../reads/with-ranges.ts';
import type { AudioFacts, ByteSource, Media, SourceFacts } from '../types.ts';

/** Speech needs no more; it's what transcribers take. */
const sampleRateHz = 16_000;

/** See Media.extractAudio. Throws UnsupportedMedia for a source without sound. */
export async function extractAudio(
  tools: Tools,
  source: ByteSource,
  facts: SourceFacts,
  { folder, signal, onProgress }: Parameters<Media['extractAudio']>[2],
): Promise<{ audioPath: string; sizeBytes: number; bytesRead: number }> {
  const { audio } = facts;
  if (!audio) throw new UnsupportedMedia('The recording has no sound.');
  const audioPath = join(folder, 'audio.flac');

  return withRanges(source, { signal, extent: 'whole' }, async (input) => {
    await runLeniently((strict) =>
      tools.ffmpeg(audioArgs(input.url, facts, audio, audioPath, strict), {
        signal: input.signal,
        folder,
        ...runLimits,
        readers: [readProgress(facts.durationSeconds, onProgress)],
      }),
    );
    const { size } = await stat(audioPath);
    return { audioPath, sizeBytes: size };
  });
}

export function audioArgs(
  url: string,
  facts: SourceFacts,
  { streamIndex }: AudioFacts,
  audioPath: string,
  strict: string[],
): string[] {
  return [
    ...[...ffmpegArgs, ...strict, ...progressArgs],
    ...[...clockArgs(facts), ...decoderArgs, ...inputArgs(url, facts.demuxer)],
    ...['-map', `0:${streamIndex}`, '-map_metadata', '-1', '-map_chapters', '-1'],
    ...['-af', soundFilters(facts)],
    ...['-c:a', 'flac', '-f', 'flac', audioPath],
  ];
}

function soundFilters({ durationSeconds }: SourceFacts): string {
  return [
    // No clip reaches further; and a packet that says it's of next week would be waited for in silence.
    `atrim=end=${(durationSeconds + 1).toFixed(3)}`,
    // Small before it has no gaps: a gap is filled at once, in memory, and with more than max_alloc not at all.
    `aresample=${sampleRateHz},aformat=sample_fmts=s16:channel_layouts=mono`,
    // Gaps become silence. first_pts: sound that begins late stays late, else each cut would be off by as much.
    'aresample=async=1:first_pts=0',
    // A file without one sample is no recording to whoever reads it next.
    `apad=whole_len=${sampleRateHz}`,
  ].join(',');
}
