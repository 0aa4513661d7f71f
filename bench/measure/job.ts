import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { startCloudProcess } from '../../test/support/cloud-process.ts';
import { type ByHand, noteCommands, runByHand } from '../by-hand.ts';
import type { Measurement } from '../measurement.ts';
import { createReadings } from '../readings.ts';
import { type JobRun, runJob } from '../run-job.ts';
import { sideBySide } from '../timed.ts';

const clips = 5;
/** Of what they are about, in bytes: what the audio pass may read, and what all cuts and the probe may. */
const [audioShare, clipShare] = [1.02, 1.3];

/** A whole job, the moments chosen, against its own ffmpeg commands typed by hand on a file that is there already. */
export function jobOf(minutes: number, { name = `job-${minutes}`, clipSeconds = 10 } = {}): Measurement {
  const what = `${minutes} min of 1080p, ${clips} clips of ${clipSeconds} s`;
  return {
    name,
    figures: [
      {
        name: `${name}.seconds`,
        about: `Job: ${what}`,
        unit: 's',
        against: 'the same ffmpeg commands by hand, on a local file, a clip a core',
        goal: { of: 'ratio', is: '≤', bound: 1.15 },
      },
      {
        name: `${name}.bytes`,
        about: `Job: ${what}: bytes read in all`,
        unit: 'B',
        against: `${audioShare} × the source, and ${clipShare} × the share of it that the clips are`,
        goal: { of: 'ratio', is: '≤', bound: 1 },
      },
      {
        name: `${name}.audio_bytes`,
        about: `Job: ${what}: bytes read by the audio pass`,
        unit: 'B',
        against: 'size of the source',
        goal: { of: 'ratio', is: '≤', bound: audioShare },
      },
      {
        name: `${name}.clip_bytes`,
        about: `Job: ${what}: bytes read to probe and to cut`,
        unit: 'B',
        against: 'the share of the source that the clips are',
        goal: { of: 'ratio', is: '≤', bound: clipShare },
      },
    ],
    async measure({ runs, folder, signal, print, longSource }) {
      const { path, sizeBytes } = longSource(minutes);
      const { readings, add } = createReadings();
      const cloud = await startCloudProcess(join(folder, 'data'));
      try {
        const settings = { num_segments: clips, min_duration: clipSeconds, max_duration: clipSeconds };
        let job: JobRun | undefined;
        let byHand: ByHand | undefined;
        await sideBySide({ runs, signal, print }, [
          async () => {
            job = await runJob(cloud.apiUrl, path, settings, signal);
            const { audio, probe, clips: cut } = job.bytesRead;
            const clipsSeconds = job.segments.reduce(
              (sum, { startSeconds, endSeconds }) => sum + endSeconds - startSeconds,
              0,
            );
            const share = (sizeBytes * clipsSeconds) / job.sourceSeconds;
            add(`${name}.bytes`, audio + probe + cut, audioShare * sizeBytes + clipShare * share);
            add(`${name}.audio_bytes`, audio, sizeBytes);
            add(`${name}.clip_bytes`, probe + cut, share);
          },
          async (run) => {
            if (!byHand) {
              const own = join(folder, 'by-hand');
              mkdirSync(own);
              byHand = await noteCommands(path, job!.segments, { folder: own, signal });
            }
            const { seconds } = await runByHand(byHand, signal);
            add(`${name}.seconds`, job!.seconds, seconds);
            print(`run ${run + 1}: ${job!.seconds.toFixed(1)} s, by hand ${seconds.toFixed(1)} s`);
          },
        ]);
      } finally {
        await cloud.kill('SIGTERM');
      }
      return readings;
    },
  };
}
