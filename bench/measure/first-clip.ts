import { createWriteStream, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { startCloudProcess } from '../../test/support/cloud-process.ts';
import { type ByHand, noteCommands, runByHand } from '../by-hand.ts';
import type { Measurement } from '../measurement.ts';
import { createReadings } from '../readings.ts';
import { runJob } from '../run-job.ts';
import { serveDownload } from '../serve-download.ts';
import { secondsOf, sideBySide } from '../timed.ts';

const clips = 5;
const clipSeconds = 10;

/**
 * The first clip of a job whose segments were given, against downloading the recording first and cutting then. What
 * is downloaded comes over loopback, faster than from any bucket: the kindest case for those who download.
 */
export function firstClipOf(minutes: number): Measurement {
  const name = `first-clip-${minutes}`;
  const against = 'downloading the source over loopback, then the same commands';
  const what = `${minutes} min of 1080p, ${clips} segments given`;
  return {
    name,
    figures: [
      {
        name: `${name}.seconds`,
        about: `First clip: ${what}`,
        unit: 's',
        against,
        goal: { of: 'ratio', is: '≤', bound: 0.333 },
      },
      {
        name: `${name}.bytes`,
        about: `First clip: ${what}: bytes read for all cuts`,
        unit: 'B',
        against: 'the whole source',
        goal: { of: 'ratio', is: '≤', bound: 0.1 },
      },
    ],
    async measure({ runs, folder, signal, print, longSource }) {
      const source = longSource(minutes);
      const { path, sizeBytes } = source;
      const segments = segmentsOver(source.minutes);
      const ranges = segments.map(({ start_time, end_time }) => ({
        startSeconds: start_time,
        endSeconds: end_time,
      }));
      const copy = join(folder, 'downloaded.mp4');
      const own = join(folder, 'by-hand');
      mkdirSync(own);
      const { readings, add } = createReadings();
      const cloud = await startCloudProcess(join(folder, 'data'));
      try {
        await using download = await serveDownload(path);
        let byHand: ByHand | undefined;
        let ours = 0;
        await sideBySide({ runs, signal, print }, [
          async () => {
            const job = await runJob(cloud.apiUrl, path, { segments }, signal);
            ours = job.firstClipSeconds;
            add(`${name}.bytes`, job.bytesRead.probe + job.bytesRead.clips, sizeBytes);
          },
          async (run) => {
            const downloadSeconds = await secondsOf(async () => {
              const { body } = await fetch(download.url, { signal });
              await pipeline(body!, createWriteStream(copy));
            });
            byHand ??= await noteCommands(copy, ranges, { folder: own, signal, withAudio: false });
            const { firstClipSeconds } = await runByHand(byHand, signal);
            const theirs = downloadSeconds + firstClipSeconds;
            add(`${name}.seconds`, ours, theirs);
            print(
              `run ${run + 1}: ${ours.toFixed(1)} s, downloaded (${downloadSeconds.toFixed(1)} s) and cut ${theirs.toFixed(1)} s`,
            );
          },
        ]);
      } finally {
        await cloud.kill('SIGTERM');
      }
      return readings;
    },
  };
}

/** Spread over so many minutes. */
function segmentsOver(minutes: number) {
  const gap = (minutes * 60) / clips;
  return Array.from({ length: clips }, (_, n) => ({
    start_time: n * gap + 1.5,
    end_time: n * gap + 1.5 + clipSeconds,
  }));
}
