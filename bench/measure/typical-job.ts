import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { anApi } from '../../test/support/api.ts';
import { startCloudProcess } from '../../test/support/cloud-process.ts';
import { runCli } from '../../test/support/run-cli.ts';
import type { FigurePlan } from '../figure.ts';
import type { Measurement } from '../measurement.ts';
import { createReadings } from '../readings.ts';
import { eachRun, unlessAborted } from '../timed.ts';

const minutes = 60;
const clips = 5;
const clipSeconds = 60;
/** To probe, to take the sound out, to choose, to finish, to clean up. */
const stepsOfAJob = 5;
const what = `Typical job, ${minutes} min of 1080p, ${clips} clips of ${clipSeconds} s`;

const figure = (name: string, about: string, unit: string): FigurePlan => ({
  name: `typical-job.${name}`,
  about: `${what}: ${about}`,
  unit,
});

/**
 * What the job of docs/cost.md takes of what is paid for by the piece, as the job itself counts it, uploaded and watched by
 * the command line. Only what is logged depends on how fast the machine is: each look at its status has its lines.
 */
export const typicalJob: Measurement = {
  name: 'typical-job',
  figures: [
    figure('source_bytes', 'its source', 'B'),
    figure('clip_bytes', 'its clips', 'B'),
    figure('function_calls', 'calls of steps', 'calls'),
    figure('state_transitions', 'state transitions', 'state transitions'),
    figure('s3_writes', 'PUT, POST and LIST, the upload among them', 'requests'),
    figure('s3_reads', 'GET and HEAD', 'requests'),
    figure('table_write_units', 'written to the table', 'units'),
    figure('table_read_units', 'read from the table', 'units'),
    figure('upload_calls', 'calls of the API to upload and to begin it', 'calls'),
    figure('log_bytes', 'logs of all functions', 'B'),
  ],
  async measure({ runs, quick, folder, signal, print, longSource }) {
    const { path, sizeBytes } = longSource(minutes);
    const { readings, add } = createReadings();
    for (const run of eachRun({ runs, signal, print })) {
      const dataDir = join(folder, `data-${run}`);
      const cloud = await startCloudProcess(dataDir);
      try {
        const seconds = String(quick ? 5 : clipSeconds);
        const settings = ['--segments', String(clips), '--min-duration', seconds, '--max-duration', seconds];
        const upload = ['upload', path, '--url', cloud.apiUrl, ...settings, '--monitor', '--quiet'];
        const { exitCode, stdout, stderr } = await unlessAborted(runCli(upload), signal);
        if (exitCode !== 0) throw new Error(`The job ended badly: ${stderr}`);

        const logs = readdirSync(join(dataDir, 'logs')).map((name) => ({
          name,
          text: readFileSync(join(dataDir, 'logs', name), 'utf8'),
        }));
        const api = anApi(cloud.apiUrl);
        const jobPath = `/api/jobs/${stdout.trim()}`;
        let job = (await api.get(jobPath)).body;
        // Nobody waits for the cleanup's own account.
        while (job.usage.function_calls < clips + stepsOfAJob && !quick) {
          await sleep(1000, undefined, { signal });
          job = (await api.get(jobPath)).body;
        }
        const { body: made } = await api.get(`${jobPath}/clips`);
        const { gb_seconds, ...counted } = job.usage as Record<string, number>;
        print(`${gb_seconds} GB-seconds of this machine`);
        const sizes: number[] = made.clips.map(({ size }: { size: number }) => size);
        const taken = {
          ...counted,
          source_bytes: sizeBytes,
          clip_bytes: sizes.reduce((sum, size) => sum + size, 0),
          upload_calls: logs
            .filter(({ name }) => /multipartupload|createjob/.test(name))
            .reduce((sum, { text }) => sum + (text.match(/^START RequestId/gm)?.length ?? 0), 0),
          log_bytes: logs.reduce((sum, { text }) => sum + Buffer.byteLength(text), 0),
        };
        for (const [name, value] of Object.entries(taken)) add(`typical-job.${name}`, value);
      } finally {
        await cloud.kill('SIGTERM');
      }
    }
    return readings;
  },
};
