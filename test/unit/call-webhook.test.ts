import { describe, expect, it } from '@jest/globals';
import { callWebhook } from '../../core/announce/call-webhook.ts';
import { failWebhook } from '../../core/announce/fail-webhook.ts';
import { jobEventOf } from '../../core/announce/job-event.ts';
import { ForbiddenAddress, WebhookFailed } from '../../core/announce/webhook-failures.ts';
import { rotateSecret, secretOf } from '../../core/announce/webhook-secret.ts';
import { webhookBody } from '../../lambdas/call-webhook/contract.ts';
import { aClip, aJob, noon } from '../support/builders.ts';
import { isSignedBy } from '../support/is-signed-by.ts';
import { memoryJobStore } from '../support/memory-job-store.ts';
import { memoryWebhookSecrets } from '../support/memory-webhook-secrets.ts';

const room = { signal: new AbortController().signal, now: () => noon };
const job = aJob({
  status: 'completed',
  segments: [{ startSeconds: 1, endSeconds: 9, title: 'Joke', reason: 'Loud' }],
  settings: { ...aJob().settings, webhookUrl: 'https://example.com/clips' },
});
const event = jobEventOf(job, [aClip({ status: 'completed' })]);

async function setUp(status = 204) {
  const calls: { url: string; headers: Record<string, string>; body: string }[] = [];
  const jobs = memoryJobStore();
  await jobs.create(job);
  const caller = {
    async post(url: string, call: { headers: Record<string, string>; body: string }) {
      calls.push({ url, ...call });
      return status;
    },
  };
  return { jobs, secrets: memoryWebhookSecrets(), caller, calls };
}

describe('the call of a webhook', () => {
  it('tells what happened, and neither whose it is nor what the file was called', async () => {
    const deps = await setUp();

    await callWebhook(deps, event, room);

    const [call] = deps.calls;
    expect(call?.url).toBe('https://example.com/clips');
    expect(JSON.parse(call?.body ?? '')).toEqual({
      type: 'job.completed',
      timestamp: noon,
      data: {
        version: '1',
        event_id: 'job-1-1-completed',
        job_id: 'job-1',
        attempt: 1,
        status: 'completed',
        total_clips: 1,
        clips_completed: 1,
        error_code: null,
        created_at: noon,
        ended_at: noon,
      },
    });
    expect(webhookBody.strict().safeParse(JSON.parse(call?.body ?? '')).success).toBe(true);
    expect(deps.jobs.notes.map(({ text }) => text)).toEqual(['Webhook delivered']);
  });

  it('is signed with the secret of the owner, and for a day with the one of before', async () => {
    const deps = await setUp();
    const { secret: former } = await secretOf(deps.secrets, 'alice', noon);
    const { secret } = await rotateSecret(deps.secrets, 'alice', noon);

    await callWebhook(deps, event, room);
    await callWebhook(deps, event, { ...room, now: () => '2026-01-02T12:00:00.000Z' });

    const signed = deps.calls.map(({ headers, body }) =>
      [secret, former].map((one) => isSignedBy(headers, body, one)),
    );
    expect(signed).toEqual([
      [true, true],
      [true, false],
    ]);
  });

  it.each([
    [301, 'WebhookFailed'],
    [404, 'WebhookFailed'],
    [500, 'WebhookFailed'],
  ])('that is answered %s ends as %s', async (status, name) => {
    const deps = await setUp(status);

    await expect(callWebhook(deps, event, room)).rejects.toMatchObject({ name });
  });

  it('that fails is told of to its owner at once, and once: not for each try', async () => {
    const deps = await setUp(500);
    const caught = { Error: 'WebhookFailed', Cause: JSON.stringify({ errorMessage: 'it answered 500' }) };
    const tryAt = (now: string) => callWebhook(deps, event, { ...room, now: () => now });

    await expect(tryAt('2026-01-01T12:00:05.000Z')).rejects.toThrow('it answered 500');
    const first = await deps.jobs.timeline('job-1', 9);
    await expect(tryAt('2026-01-01T17:00:00.000Z')).rejects.toThrow('it answered 500');
    await failWebhook(deps.jobs, event, caught, '2026-01-01T17:00:01.000Z');

    const notYet = { at: noon, text: 'Webhook not delivered yet: it is tried again for up to 5 hours' };
    expect(first).toEqual([notYet]);
    expect(await deps.jobs.timeline('job-1', 9)).toEqual([
      notYet,
      expect.objectContaining({ text: 'Webhook given up after 9 tries: it answered 500' }),
    ]);
  });

  it.each([
    [new WebhookFailed('its name is not known'), 1],
    [new ForbiddenAddress('its address is private'), 0],
    [new TypeError('undefined is not …'), 0],
  ])(
    'that ends in %s is told of at once only where the receiver is in trouble, and called again',
    async (error, lines) => {
      const deps = await setUp();
      deps.caller.post = () => Promise.reject(error);

      await expect(callWebhook(deps, event, room)).rejects.toBe(error);
      expect(deps.jobs.notes).toHaveLength(lines);
    },
  );

  it('that is answered 410 is given up, told to its owner, and no failure', async () => {
    const deps = await setUp(410);

    expect(await callWebhook(deps, event, room)).toEqual({ delivered: false });
    expect(deps.jobs.notes.map(({ text }) => text)).toEqual([
      'Webhook given up: it answered 410, which means that it wants no more calls',
    ]);
  });

  it('is not made for a job that was deleted meanwhile', async () => {
    const deps = await setUp();
    await deps.jobs.bury('job-1', { status: ['completed'], attempt: 1 }, noon);

    expect(await callWebhook(deps, event, room)).toEqual({ delivered: false });
    expect(deps.calls).toEqual([]);
  });
});

describe('a webhook that was given up', () => {
  const cause = (errorMessage: string) => JSON.stringify({ errorMessage });

  it.each([
    [{ Error: 'WebhookFailed', Cause: cause('it answered 500') }, 'after 9 tries: it answered 500'],
    [{ Error: 'ForbiddenAddress', Cause: cause('its address is private') }, ': its address is private'],
    [
      { Error: 'TypeError', Cause: cause('undefined is not …') },
      'after 9 tries: something went wrong on our side',
    ],
  ])('is told of to its owner: %o', async (caught, words) => {
    const { jobs } = await setUp();

    await failWebhook(jobs, event, caught, noon);

    expect(jobs.notes.map(({ text }) => text)).toEqual([expect.stringContaining(`Webhook given up`)]);
    expect(jobs.notes[0]?.text).toContain(words);
  });
});

describe('the secret of an owner', () => {
  it('is one, however many ask for it first at the same time', async () => {
    const secrets = memoryWebhookSecrets();

    const asked = await Promise.all([1, 2, 3].map(() => secretOf(secrets, 'alice', noon)));

    expect(new Set(asked.map(({ secret }) => secret)).size).toBe(1);
    expect((await secretOf(secrets, 'bob', noon)).secret).not.toBe(asked[0]?.secret);
  });

  it('is replaced once by two who do so at the same time, and the one of before is not forgotten', async () => {
    const secrets = memoryWebhookSecrets();
    const { secret: former } = await secretOf(secrets, 'alice', noon);

    const [one, other] = await Promise.all([1, 2].map(() => rotateSecret(secrets, 'alice', noon)));

    expect(one).toEqual(other);
    expect(one).toMatchObject({ former: { secret: former, expiresAt: '2026-01-02T12:00:00.000Z' } });
  });

  it('is replaced once by who asks twice within a minute, and again after that', async () => {
    const secrets = memoryWebhookSecrets();
    const { secret: former } = await secretOf(secrets, 'alice', noon);
    const rotated = await rotateSecret(secrets, 'alice', noon);

    const again = await rotateSecret(secrets, 'alice', '2026-01-01T12:00:59.999Z');
    const later = await rotateSecret(secrets, 'alice', '2026-01-01T12:01:00.000Z');

    expect(again).toEqual(rotated);
    expect(again.former?.secret).toBe(former);
    expect(later.former?.secret).toBe(rotated.secret);
  });
});
