import { existsSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { aCloud, type TestCloud } from '../support/cloud.ts';
import { firstHalfOf } from '../support/media.ts';
import { type CliRun, lastLine, runCli } from '../support/run-cli.ts';
import { temporaryFolders } from '../support/temporary-folder.ts';

const talk = join(import.meta.dirname, '../media/fixtures/talk.mp4');
const speech = join(import.meta.dirname, '../media/fixtures/speech.flac');
const strangersJob = '00000000-0000-4000-8000-000000000000';
const newFolder = temporaryFolders();

describe('the command line beside a cloud', () => {
  let local: TestCloud;
  let cli: (...args: string[]) => Promise<CliRun>;
  beforeAll(async () => {
    local = await aCloud();
    const environment = { CLIPWRIGHT_URL: `${local.cloud.apiUrl}/api/`, XDG_STATE_HOME: newFolder() };
    cli = (...args) => runCli(args, { environment });
  });
  afterAll(() => local.stop());

  it('uploads, follows the job stage by stage, and saves the clips that were asked', async () => {
    const out = join(newFolder(), 'clips');

    const run = await cli(
      ...['upload', talk, '--segment', '0:05-0:09=The joke', '--segment', '0:10.5-0:13'],
      ...['--download', out],
    );

    expect(run).toMatchObject({ exitCode: 0 });
    expect(run.stdout).toContain('2 clips from');
    expect(run.stdout).toContain('0:05.00 – 0:09.00, 4.00 s');
    expect(run.stderr).toMatch(/^Upload: done \(3\.0 MB\)$/m);
    expect(run.stderr).toMatch(/^Clip 1: done \(The joke\)$/m);
    expect(run.stdout + run.stderr).not.toMatch(/X-Amz|Signature/i);
    expect(readdirSync(out).toSorted()).toEqual([
      expect.stringMatching(/^talk-1-the-joke\.jpg$/),
      expect.stringMatching(/^talk-1-the-joke\.mp4$/),
      expect.stringMatching(/^talk-2-.*\.jpg$/),
      expect.stringMatching(/^talk-2-.*\.mp4$/),
    ]);
  });

  it('tells scripts one JSON value on the last line of stdout, and nothing else there', async () => {
    const started = await cli('upload', talk, '--segments', '1', '--min-duration', '3', '--json');
    const jobId = lastLine(started).job_id;

    const followed = await cli('status', jobId, '--monitor', '--json');
    const status = await cli('status', jobId, '--json');
    const clips = await cli('clips', jobId, '--json');
    const timeline = await cli('timeline', jobId, '--json');
    const list = await cli('list', '--status', 'completed', '--json');

    for (const run of [started, followed, status, clips, timeline, list]) {
      expect(run.exitCode).toBe(0);
      expect(run.stdout.trimEnd().split('\n')).toHaveLength(1);
    }
    expect(lastLine(followed)).toMatchObject({ job_id: jobId, status: 'completed', clips: [{ clip_id: 1 }] });
    expect(lastLine(status)).toMatchObject({ status: 'completed', filename: 'talk.mp4' });
    expect([followed.stdout, status.stdout].join()).not.toMatch(/X-Amz/);
    expect((await fetch(lastLine(clips).clips[0].video_url)).status).toBe(200);
    expect(lastLine(timeline).timeline.map(({ text }: { text: string }) => text)).toContain('1 clip chosen');
    expect(lastLine(list).jobs.map(({ job_id }: { job_id: string }) => job_id)).toContain(jobId);
  });

  it('says nothing but ids and paths with --quiet', async () => {
    const started = await cli('upload', talk, '--segments', '1', '--min-duration', '3', '-q');
    const jobId = started.stdout.trim();
    const out = newFolder();

    const followed = await cli('status', jobId, '--quiet', '--download', out);

    expect(started).toMatchObject({
      exitCode: 0,
      stderr: '',
      stdout: expect.stringMatching(/^[0-9a-f-]{36}\n$/),
    });
    expect(followed).toMatchObject({ exitCode: 0, stderr: '' });
    expect(existsSync(followed.stdout.trim())).toBe(true);
  });

  it('uploads several files, and lets one that is refused not stop the others', async () => {
    const letter = join(newFolder(), 'letter.docx');
    writeFileSync(letter, 'Dear reader');

    const run = await cli('upload', letter, speech, '--json');

    expect(run.exitCode).toBe(3);
    expect(run.stderr).toContain('Refused (unsupported-file-type)');
    expect(lastLine(run).jobs).toEqual(
      expect.arrayContaining([
        { file: letter, error: { code: 'unsupported-file-type', message: expect.any(String) } },
        { file: speech, job_id: expect.any(String), status: 'pending' },
      ]),
    );
  });

  it('ends with 1 where the job failed, and says why and what to do', async () => {
    const half = firstHalfOf(talk, newFolder());
    const run = await cli('upload', half, '--segment', '1-4', '--segment', '35-38', '--monitor', '--json');
    const jobId = lastLine(run).job_id;
    const status = await cli('status', jobId);
    const retried = await cli('retry', jobId, '--monitor');

    expect(run.exitCode).toBe(1);
    expect(lastLine(run)).toMatchObject({ status: 'failed', error_code: 'clips_failed' });
    expect(run.stderr).toContain(`clipwright retry ${jobId} --monitor`);
    expect(status).toMatchObject({ exitCode: 1, stdout: expect.stringContaining('clips_failed') });
    expect(retried.exitCode).toBe(1);
  });

  it('sends nobody to a retry that would end in the same way', async () => {
    const run = await cli('upload', speech, '--min-duration', '20', '--monitor', '--json');
    const retried = await cli('retry', lastLine(run).job_id);

    expect(run.exitCode).toBe(1);
    expect(run.stderr).toContain('The recording is 11 s long');
    expect(run.stderr).not.toContain('clipwright retry');
    expect(retried).toMatchObject({ exitCode: 3, stderr: expect.stringContaining('same way') });
  });

  it('cancels and deletes, but deletes nothing unasked', async () => {
    const jobId = lastLine(
      await cli('upload', talk, '--segments', '5', '--min-duration', '2', '--json'),
    ).job_id;

    const cancelled = await cli('cancel', jobId);
    const unasked = await cli('delete', jobId);
    const deleted = await cli('delete', jobId, '--yes');
    const gone = await cli('status', jobId);

    expect(cancelled).toMatchObject({ exitCode: 0, stdout: `Job ${jobId} is cancelled.\n` });
    expect(unasked).toMatchObject({ exitCode: 2, stderr: expect.stringContaining('--yes') });
    expect(deleted).toMatchObject({ exitCode: 0, stdout: expect.stringContaining('deleted') });
    expect(gone.exitCode).toBe(3);
  });

  it.each([['status'], ['clips'], ['timeline'], ['retry'], ['cancel']])(
    '%s ends with 3 for a job that is not there',
    async (name) => {
      const run = await cli(name, strangersJob, '--json');

      expect(run.exitCode).toBe(3);
      expect(run.stderr).toContain('Refused (job-not-found)');
      expect(lastLine(run)).toEqual({ error: { code: 'job-not-found', message: expect.any(String) } });
    },
  );

  it('hands on which field the service refused, and the flag that sets it', async () => {
    const run = await cli('list', '--status', 'unheard-of');

    expect(run.exitCode).toBe(3);
    expect(run.stderr).toMatch(/status \(--status\): /);
  });
});
