import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { anApi } from '../support/api.ts';
import { assemblyInHaste } from '../support/assembly.ts';
import { aCloud, type TestCloud } from '../support/cloud.ts';
import { eventually } from '../support/eventually.ts';
import { readLogs } from '../support/function-logs.ts';
import { isSignedBy } from '../support/is-signed-by.ts';
import { fixtures } from '../support/media.ts';
import { temporaryFolders } from '../support/temporary-folder.ts';
import { aWebhookReceiver } from '../support/webhook-receiver.ts';

const speech = join(fixtures, 'speech.flac');
const newFolder = temporaryFolders();
const oneClip = { segments: [{ start_time: 1, end_time: 3 }] };
let there: TestCloud;
let api: ReturnType<typeof anApi>;

beforeAll(async () => {
  there = await aCloud({ assemblyDir: await assemblyInHaste(newFolder()) });
  api = anApi(there.cloud.apiUrl);
});
afterAll(() => there.stop());

const lastLine = async (jobId: string) =>
  (await api.get(`/api/jobs/${jobId}/timeline`)).body.timeline.at(-1).text;

/** What is kept in the queues for a person. */
function letters(): unknown[] {
  const queues = join(there.dataDir, 'queues');
  if (!existsSync(queues)) return [];
  const lines = readdirSync(queues).map((name) =>
    readFileSync(join(queues, name), 'utf8').trim().split('\n'),
  );
  return lines.flat().map((line) => JSON.parse(line).message);
}

describe('a webhook', () => {
  it('is called, signed, until it has taken the news of a completed job', async () => {
    const receiver = await aWebhookReceiver(500, 503, 204);
    const { body: secret } = await api.get('/api/webhook-secret');

    const jobId = await api.start(speech, { ...oneClip, webhook_url: receiver.url });
    await eventually(async () => (await lastLine(jobId)) === 'Webhook delivered');
    await receiver.stop();

    const { body } = await api.get(`/api/jobs/${jobId}/timeline`);
    const lines = body.timeline.map(({ text }: { text: string }) => text);
    expect(lines.filter((line: string) => line.startsWith('Webhook'))).toEqual([
      'Webhook not delivered yet: it is tried again for up to 5 hours',
      'Webhook delivered',
    ]);
    expect(receiver.calls).toHaveLength(3);
    for (const { headers, body } of receiver.calls) {
      expect(isSignedBy(headers as Record<string, string>, body, secret.secret)).toBe(true);
      expect(headers['webhook-id']).toBe(`${jobId}-1-completed`);
      expect(JSON.parse(body)).toMatchObject({
        type: 'job.completed',
        data: { job_id: jobId, status: 'completed', total_clips: 1, clips_completed: 1 },
      });
    }
    expect((await api.get(`/api/jobs/${jobId}`)).body.settings.webhook_url).toBe(receiver.url);
  });

  it('that fails every time is told to its owner, and what it should have heard is kept in a queue; of one that is gone nothing is', async () => {
    const [failing, gone] = [await aWebhookReceiver(500), await aWebhookReceiver(410)];
    const start = async ({ url }: { url: string }) =>
      (await api.submit(speech, { min_duration: '60', webhook_url: url })).job_id;

    const goneId = await start(gone);
    await eventually(async () => (await lastLine(goneId)).startsWith('Webhook given up: it answered 410'));
    const failingId = await start(failing);
    await eventually(async () => /^Webhook given up after .* 500$/.test(await lastLine(failingId)));
    await eventually(() => letters().length > 0);
    await Promise.all([failing.stop(), gone.stop()]);

    expect(gone.calls).toHaveLength(1);
    expect(letters()).toEqual([
      expect.objectContaining({
        detail_type: 'Clip Job Failed',
        event: expect.objectContaining({ event_id: `${failingId}-1-failed`, error_code: 'source_too_short' }),
      }),
    ]);
    const failures = readLogs(there.dataDir).filter(({ message }) => message === 'The step failed');
    expect(new Set(failures.map(({ level, error }) => `${level} ${error.name}`))).toEqual(
      new Set(['WARN SourceTooShort', 'WARN WebhookFailed']),
    );
  });

  it.each([
    ['http://example.com/', 'Must begin with https://.'],
    ['https://169.254.169.254/latest/meta-data/', 'Must lie on the public internet'],
    ['https://me:secret@example.com/', 'Must not hold a user or password'],
  ])('that may not be is refused by its field: %s', async (webhook_url, message) => {
    const request = { filename: 'a.mp4', file_size: 1, webhook_url };

    const { status, body } = await api.post('/api/upload/presigned-url', request);

    expect([status, body.code]).toEqual([422, 'validation-failed']);
    expect(body.errors).toEqual([{ field: 'webhook_url', message: expect.stringContaining(message) }]);
  });

  it('has a secret that can be replaced', async () => {
    const before = (await api.get('/api/webhook-secret')).body;
    const rotated = (await api.post('/api/webhook-secret/rotate')).body;
    const after = (await api.get('/api/webhook-secret')).body;

    expect(before.secret).toMatch(/^whsec_[A-Za-z0-9+/]{43}=$/);
    expect(before.former_expires_at).toBeNull();
    expect(rotated.secret).not.toBe(before.secret);
    expect(Date.parse(rotated.former_expires_at) - Date.parse(rotated.created_at)).toBe(24 * 3600 * 1000);
    expect(after).toEqual(rotated);
  });
});
