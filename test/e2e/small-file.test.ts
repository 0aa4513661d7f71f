import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { anApi } from '../support/api.ts';
import { aCloud, type TestCloud } from '../support/cloud.ts';
import { fixtures } from '../support/media.ts';
import { temporaryFolders } from '../support/temporary-folder.ts';

const speech = join(fixtures, 'speech.flac');
const newFolder = temporaryFolders();
const mib = 1024 ** 2;
let local: TestCloud;
let api: ReturnType<typeof anApi>;

beforeAll(async () => {
  local = await aCloud();
  api = anApi(local.cloud.apiUrl);
});
afterAll(() => local.stop());

/** A form as a browser sends it. */
async function submit(fields: Record<string, string | Blob>, filename = 'speech.flac') {
  const form = new FormData();
  for (const [name, value] of Object.entries(fields)) {
    if (value instanceof Blob) form.append(name, value, filename);
    else form.append(name, value);
  }
  const response = await fetch(new URL('/api/jobs', local.cloud.apiUrl), { method: 'POST', body: form });
  return { status: response.status, headers: response.headers, body: (await response.json()) as any };
}

const recording = () => new Blob([new Uint8Array(readFileSync(speech))]);
const blank = (sizeBytes: number) => new Blob([new Uint8Array(sizeBytes)]);

describe('a small file', () => {
  it('sent by curl becomes a job in one call, with its settings', async () => {
    const url = new URL('/api/jobs/', local.cloud.apiUrl).href;
    const segments = JSON.stringify([{ start_time: 1, end_time: 3, title: 'One' }]);

    const form = ['-F', `media_file=@${speech}`, '-F', 'max_duration=20', '-F', `segments=${segments}`];
    const { stdout } = await promisify(execFile)('curl', ['-sS', '--location-trusted', ...form, url]);
    const job = JSON.parse(stdout);
    const status = await api.ended(job.job_id);
    const clips = await api.clips(job.job_id, newFolder());

    expect(job).toMatchObject({
      status: 'pending',
      filename: 'speech.flac',
      settings: { max_duration: 20, segments_given: 1 },
    });
    expect(status).toMatchObject({ status: 'completed', source_deleted_at: expect.any(String) });
    expect(clips.map((clip) => clip.segment_title)).toEqual(['One']);
  });

  it('is answered 201 with the place of the job', async () => {
    const { status, headers, body } = await submit({
      media_file: recording(),
      segments: '[{"start_time":1,"end_time":2}]',
    });

    expect(status).toBe(201);
    expect(headers.get('location')).toBe(`/api/jobs/${body.job_id}`);
    await api.ended(body.job_id);
  });

  it.each([
    ['no file', { num_segments: '2' }, 422, 'media_file'],
    ['an empty file', { media_file: blank(0) }, 422, 'media_file'],
    ['a file in the form of a text', { media_file: 'speech' }, 422, 'media_file'],
    ['a number that is none', { media_file: blank(1), num_segments: 'many' }, 422, 'num_segments'],
    ['segments that are no JSON', { media_file: blank(1), segments: '[' }, 422, 'segments'],
    ['an unknown field', { media_file: blank(1), owner: 'me' }, 422, 'owner'],
    ['a file above 4 MiB', { media_file: blank(4 * mib + 1) }, 413, 'media_file'],
  ])('with %s is refused, naming the field', async (_what, fields, status, field) => {
    const answer = await submit(fields as Record<string, string | Blob>);

    expect(answer.status).toBe(status);
    expect(answer.headers.get('content-type')).toBe('application/problem+json');
    expect(answer.body.errors).toEqual([{ field, message: expect.any(String) }]);
  });

  it('of a type that is not taken is refused', async () => {
    const answer = await submit({ media_file: recording() }, 'speech.exe');

    expect(answer).toMatchObject({ status: 422, body: { code: 'unsupported-file-type' } });
  });

  it('that is too large for a form is told the way that takes it', async () => {
    const { body } = await submit({ media_file: blank(4.2 * mib) });

    expect(body).toMatchObject({
      code: 'file-too-large-for-form',
      detail: expect.stringMatching(/presigned/),
      link: '/api/upload/presigned-url',
    });
  });

  it.each([7, 11])('of %i MiB gets no further than API Gateway and Lambda let it', async (sizeMib) => {
    expect((await submit({ media_file: blank(sizeMib * mib) })).status).toBe(413);
  });

  it('that does not come in a form is refused', async () => {
    expect(await api.post('/api/jobs', { media_file: 'x' })).toMatchObject({
      status: 400,
      body: { code: 'invalid-form' },
    });
    expect((await api.get('/api/jobs')).body.jobs).toHaveLength(2);
  });
});
