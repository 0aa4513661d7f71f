import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { synth } from '../../local/synth.ts';
import { anApi } from '../../test/support/api.ts';
import { startCloudProcess } from '../../test/support/cloud-process.ts';
import { type Call, closedLoop } from '../closed-loop.ts';
import type { Measurement } from '../measurement.ts';
import { createReadings } from '../readings.ts';
import { sideBySide } from '../timed.ts';

const connections = 8;
/** More presigned jobs than an owner may have waiting by default, and no throttling. */
const settings = { maxActiveJobs: '1000', requestsPerSecond: '10000' };
const presignsPerRun = 100;
const statusesPerRun = 400;
const talk = join('test', 'media', 'fixtures', 'talk.mp4');

const figuresOf = (what: string) => [
  { name: `api.${what}.p50`, about: `API under load: ${what}, p50`, unit: 'ms' },
  { name: `api.${what}.p99`, about: `API under load: ${what}, p99`, unit: 'ms' },
  { name: `api.${what}.rate`, about: `API under load: ${what}, on one core`, unit: 'requests/s' },
];

/** Presigning and asking for a status, the whole local cloud held to one core: edge, API, functions, table. */
export const api: Measurement = {
  name: 'api',
  figures: [...figuresOf('presign'), ...figuresOf('status')],
  async measure({ runs, folder, signal, print }) {
    const assemblyDir = await synth(process.cwd(), print, settings);
    const cloud = await startCloudProcess(join(folder, 'data'), { assemblyDir });
    const { readings, add } = createReadings();
    try {
      execFileSync('taskset', ['--all-tasks', '--pid', '--cpu-list', '0', String(cloud.child.pid)]);
      const client = anApi(cloud.apiUrl);
      const { job_id } = await client.presign(talk);
      const presign: Call = {
        ...{ method: 'POST', path: '/api/upload/presigned-url' },
        body: { filename: 'talk.mp4', file_size: 1_000_000 },
      };
      const status: Call = { method: 'GET', path: `/api/jobs/${job_id}/status` };
      const load = (call: Call, count: number) =>
        closedLoop(cloud.apiUrl, call, { connections, count, signal });

      await load(presign, 2 * connections); // until functions are warm
      await load(status, 2 * connections);
      await sideBySide({ runs, signal, print }, [
        async () => addLoad('presign', await load(presign, presignsPerRun)),
        async () => addLoad('status', await load(status, statusesPerRun)),
      ]);
    } finally {
      await cloud.kill('SIGTERM');
    }
    return readings;

    function addLoad(what: string, seen: Awaited<ReturnType<typeof closedLoop>>) {
      add(`api.${what}.p50`, seen.p50Ms);
      add(`api.${what}.p99`, seen.p99Ms);
      add(`api.${what}.rate`, seen.requestsPerSecond);
    }
  },
};
