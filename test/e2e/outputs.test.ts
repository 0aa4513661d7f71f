import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { anApi } from '../support/api.ts';
import { keysOf } from '../support/buckets.ts';
import { aCloud, type TestCloud } from '../support/cloud.ts';
import { fixtures, loudnessOf, probeFile, runFfmpegHere, ssimBelow } from '../support/media.ts';
import { aPng } from '../support/pngs.ts';
import { runCli } from '../support/run-cli.ts';
import { temporaryFolders } from '../support/temporary-folder.ts';

const talk = join(fixtures, 'talk.mp4');
const newFolder = temporaryFolders();
let local: TestCloud;
let api: ReturnType<typeof anApi>;

beforeAll(async () => {
  local = await aCloud();
  api = anApi(local.cloud.apiUrl);
});
afterAll(() => local.stop());

const vtt = 'WEBVTT\n\n00:02.000 --> 00:04.000\nHello <i>there</i>,\nviewers\n';
const segments = [
  { start_time: 1.5, end_time: 5.5, title: 'At 0:01' },
  { start_time: 20, end_time: 22, title: 'Nobody speaks' },
];
const outputs = [{ shape: 'source' }, { shape: 'vertical', fit: 'blur' }];

/** Red, and so to be told from whatever is in the talk. */
const logo = aPng(30, 20);
const watermark = { format: 'png', base64: logo.toString('base64') };

/** Whether it is drawn in the top right corner. */
function hasLogo(path: string): boolean {
  const place = [
    '-vf',
    'crop=8:8:in_w-80:70,scale=1:1,format=rgb24',
    '-frames:v',
    '1',
    '-f',
    'rawvideo',
    '-',
  ];
  const [red = 0, green = 0, blue = 0] = runFfmpegHere('-i', path, ...place);
  return red > 150 && green < 100 && blue < 100;
}

/** The files of a job's clips, each downloaded under the last part of its key. */
async function filesOf(jobId: string): Promise<Record<string, any>[]> {
  const folder = newFolder();
  const { body } = await api.get(`/api/jobs/${jobId}/clips/`);
  return Promise.all(
    body.clips.map(async ({ clip_id, files }: any) => {
      const named = await Promise.all(
        files.map(async (file: any) => {
          const name = new URL(file.url).pathname.split('/').at(-1)!.slice(3);
          const path = join(folder, `${clip_id}${name}`);
          await writeFile(path, Buffer.from(await (await fetch(file.url)).arrayBuffer()));
          return [name, { ...file, path }];
        }),
      );
      return Object.fromEntries(named);
    }),
  );
}

async function makeJob(settings: object): Promise<string> {
  const jobId = await api.start(talk, { segments, outputs, ...settings });
  expect(await api.ended(jobId)).toMatchObject({ status: 'completed', progress: { percent: 100 } });
  return jobId;
}

describe('a job that asks for shapes and captions', () => {
  it('gets each clip in each shape, levelled, its words in the pictures and beside them, and leaves nothing', async () => {
    const jobId = await makeJob({ captions: 'burn', captions_file: { format: 'vtt', text: vtt }, watermark });
    const plainId = await makeJob({ captions: 'off', normalize_loudness: false });

    const [spoken, silent] = await filesOf(jobId);
    const [plain] = await filesOf(plainId);
    const { body: job } = await api.get(`/api/jobs/${jobId}`);
    const saved = (await fetch(spoken!['-vertical-blur.mp4'].download_url)).headers.get(
      'content-disposition',
    );
    const kept = await keysOf(local, jobId);
    await api.delete(`/api/jobs/${jobId}`);

    expect(Object.keys(spoken!)).toEqual([
      ...['.mp4', '.jpg', '-vertical-blur.mp4', '-vertical-blur.jpg', '.vtt', '.srt'],
    ]);
    expect(Object.keys(silent!)).toEqual(['.mp4', '.jpg', '-vertical-blur.mp4', '-vertical-blur.jpg']);
    expect(kept).toHaveLength(10);
    expect(saved).toBe(
      `attachment; filename="At 0.01-vertical-blur.mp4"; filename*=UTF-8''At%200.01-vertical-blur.mp4`,
    );
    expect(await keysOf(local, jobId)).toEqual([]);
    expect(job.settings).toMatchObject({
      outputs: [
        { shape: 'source', fit: null },
        { shape: 'vertical', fit: 'blur' },
      ],
      ...{ normalize_loudness: true, captions: 'burn', captions_given: true, watermark_given: true },
    });
    expect(job.bytes_freed).toBe(job.source.size + (job.audio?.size ?? 0) + vtt.length + logo.length);

    for (const name of ['.mp4', '-vertical-blur.mp4']) {
      const { path, width, height, size } = spoken![name];
      expect([path, plain![name].path].map(hasLogo)).toEqual([true, false]);
      expect(probeFile(path).video).toMatchObject({ width, height });
      expect(readFileSync(path)).toHaveLength(size);
      // Shown from 0:02 to 0:04 of the talk, and the clip begins at 0:01.5.
      expect(ssimBelow(path, plain![name].path, 1.5)).toBeLessThan(0.99);
      expect(ssimBelow(path, plain![name].path, 0.3)).toBeGreaterThan(0.995);
      expect(ssimBelow(path, plain![name].path, 3)).toBeGreaterThan(0.995);
      expect(Math.abs(loudnessOf(path) + 14)).toBeLessThan(1);
    }
    expect(Math.abs(loudnessOf(plain!['.mp4'].path) + 14)).toBeGreaterThan(1);
    expect(spoken!['-vertical-blur.mp4']).toMatchObject({
      ...{ kind: 'video', format: 'mp4', shape: 'vertical', fit: 'blur', width: 1080, height: 1920 },
    });
    expect(readFileSync(spoken!['.vtt'].path, 'utf8')).toBe(
      'WEBVTT\n\n00:00:00.500 --> 00:00:02.500\nHello there,\nviewers\n',
    );
    expect(readFileSync(spoken!['.srt'].path, 'utf8')).toContain('00:00:00,500 --> 00:00:02,500');
  });

  it('gets them by the command line, which saves every file', async () => {
    const folder = newFolder();
    const captions = join(folder, 'talk.vtt');
    writeFileSync(captions, vtt);
    writeFileSync(join(folder, 'logo.png'), logo);

    const run = await runCli([
      ...['upload', talk, '--url', local.cloud.apiUrl, '--segment', '1.5-3.5=Hello', '--captions', captions],
      ...['--output', 'square:pad', '--output', 'source', '--no-loudness', '--json'],
      ...['--watermark', join(folder, 'logo.png')],
      ...['--download', join(folder, 'clips')],
    ]);

    const [clip] = JSON.parse(run.stdout.trim().split('\n').at(-1) ?? '').clips;
    expect(run.exitCode).toBe(0);
    expect(readdirSync(join(folder, 'clips')).sort()).toEqual([
      ...['talk-1-hello-source.jpg', 'talk-1-hello-source.mp4'],
      ...['talk-1-hello-square-pad.jpg', 'talk-1-hello-square-pad.mp4'],
      ...['talk-1-hello.srt', 'talk-1-hello.vtt'],
    ]);
    expect(clip.files.map(({ shape, format }: any) => `${shape} ${format}`)).toEqual([
      ...['square mp4', 'square jpg', 'source mp4', 'source jpg', 'null vtt', 'null srt'],
    ]);
    expect(probeFile(clip.file).video).toMatchObject({ width: 1080, height: 1080 });
    expect(probeFile(clip.files[2].file).video).toMatchObject({ width: 1280, height: 720 });
    expect([clip.file, clip.files[2].file].map(hasLogo)).toEqual([true, true]);
  });

  it('gets them by a form, with captions and watermark as files beside the recording', async () => {
    const form = (shape: string) => {
      const body = new FormData();
      body.append('outputs', JSON.stringify([{ shape }]));
      body.append('segments', JSON.stringify(segments.slice(0, 1)));
      body.append('captions_file', new Blob([vtt]), 'Talk.VTT');
      body.append('watermark', new Blob([new Uint8Array(logo)]), 'logo.png');
      body.append('media_file', new Blob([new Uint8Array(readFileSync(talk))]), 'talk.mp4');
      return fetch(new URL('/api/jobs', local.cloud.apiUrl), { method: 'POST', body });
    };

    const refused = await form('round');
    const taken: any = await (await form('vertical')).json();
    await api.ended(taken.job_id);

    expect(refused.status).toBe(422);
    const [clip] = await filesOf(taken.job_id);
    expect(Object.keys(clip!)).toEqual(['.mp4', '.jpg', '.vtt', '.srt']);
    expect(probeFile(clip!['.mp4'].path).video).toMatchObject({ width: 1080, height: 1920 });
    expect(hasLogo(clip!['.mp4'].path)).toBe(true);
  });
});
