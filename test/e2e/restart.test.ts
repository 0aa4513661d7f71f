import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, it } from '@jest/globals';
import { anApi } from '../support/api.ts';
import { startCloudProcess, survivorsOf } from '../support/cloud-process.ts';
import { fixtures } from '../support/media.ts';
import { temporaryFolders } from '../support/temporary-folder.ts';

const talk = join(fixtures, 'talk.mp4');
const newFolder = temporaryFolders();
const segments = [1, 11, 21].map((start_time) => ({ start_time, end_time: start_time + 6 }));

async function untilStatus(api: ReturnType<typeof anApi>, jobId: string, reached: string): Promise<void> {
  const way = ['pending', 'preprocessing', 'analyzing', 'clipping', 'completed'];
  for (;;) {
    const { body } = await api.get(`/api/jobs/${jobId}/status`);
    if (way.indexOf(body.status) >= way.indexOf(reached)) return;
    await sleep(20);
  }
}

describe('the local cloud', () => {
  it.each(['pending', 'preprocessing', 'clipping'])(
    'killed while a job is %s leaves no process, and goes on with the job after a restart',
    async (reached) => {
      const dataDir = newFolder();
      const first = await startCloudProcess(dataDir);
      const jobId = await anApi(first.apiUrl).start(talk, { segments });
      await untilStatus(anApi(first.apiUrl), jobId, reached);

      await first.kill('SIGKILL');
      const left = await survivorsOf(dataDir);
      const second = await startCloudProcess(dataDir);
      const status = await anApi(second.apiUrl).ended(jobId);
      const clips = await anApi(second.apiUrl).clips(jobId, newFolder());
      await second.kill('SIGTERM');

      expect(left).toEqual([]);
      expect(status).toMatchObject({ status: 'completed', source_deleted_at: expect.any(String) });
      expect(clips).toHaveLength(3);
    },
  );

  it('stops on Ctrl-C with exit code 130 or 0, leaving no process, no temporary file and no lock', async () => {
    const dataDir = newFolder();
    const cloud = await startCloudProcess(dataDir);
    const jobId = await anApi(cloud.apiUrl).start(talk, { segments });
    await untilStatus(anApi(cloud.apiUrl), jobId, 'clipping');

    const code = await cloud.kill('SIGINT');

    expect([0, 130]).toContain(code);
    expect(await survivorsOf(dataDir)).toEqual([]);
    expect(existsSync(join(dataDir, 'cloud.json'))).toBe(false);
    expect(existsSync(join(dataDir, 'tmp'))).toBe(false);
  });
});
