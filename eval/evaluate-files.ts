import { basename, join } from 'node:path';
import { chooseSegments } from '../core/segments/choose-segments.ts';
import { type realMedia, writeWav } from './real-media.ts';
import { makeRecording } from './recordings.ts';
import { wishesFor } from './tally.ts';

interface Room {
  /** Files may be left here. */
  folder: string;
  real: string[];
  seed: number;
  print: (line: string) => void;
}

/** The way through real files: two planted recordings as WAV, and the real recordings, of which nothing is known. */
export async function evaluateFiles(
  media: ReturnType<typeof realMedia>,
  { folder, real, seed, print }: Room,
) {
  let isSame = true;
  let [seconds, listenSeconds] = [0, 0];
  for (const fileSeed of [seed, seed + 1]) {
    const recording = makeRecording({ seed: fileSeed });
    const path = join(folder, `${recording.name}.wav`);
    await writeWav(path, recording.pcm);
    const heard = await media.hear(path, folder);
    const [direct, throughFile] = [recording.sound, heard.sound].map((sound) =>
      chooseSegments(wishesFor(recording), sound, recording.durationSeconds),
    );
    isSame &&= JSON.stringify(direct) === JSON.stringify(throughFile);
    seconds += recording.durationSeconds;
    listenSeconds += heard.listenSeconds;
  }
  const speed = Math.round(seconds / listenSeconds);
  print(
    `Through ffmpeg ${media.version}, WAV and FLAC: ${isSame ? 'the same' : 'OTHER'} segments, ${speed} times real time.\n`,
  );

  for (const path of real) {
    const { facts, sound } = await media.hear(path, folder);
    const wishes = { numSegments: 2, minDurationSeconds: 3, maxDurationSeconds: 10 };
    print(`${basename(path)}, ${facts.durationSeconds.toFixed(1)} s`);
    for (const { startSeconds, endSeconds, score, title, reason } of chooseSegments(
      wishes,
      sound,
      facts.durationSeconds,
    )) {
      print(
        `  ${startSeconds.toFixed(2)}–${endSeconds.toFixed(2)}  ${score?.toFixed(2)}  ${title}\n    ${reason}`,
      );
    }
  }
  return { times_real_time: speed, same_through_files: isSame };
}
