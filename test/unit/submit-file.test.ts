import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { receiveSource } from '../../core/jobs/receive-source.ts';
import { reconcileJobs } from '../../core/jobs/reconcile-jobs.ts';
import { limits } from '../../core/limits.ts';
import { submitFile } from '../../core/uploads/submit-file.ts';
import { parse } from '../../lambdas/shared/parse.ts';
import { readForm, submitForm } from '../../lambdas/submit-file/contract.ts';
import { aJob, noon } from '../support/builders.ts';
import { Died, dyingAt, interruptedAt } from '../support/dying.ts';
import { memoryDeps } from '../support/job-deps.ts';

const { settings } = aJob();
const content = new TextEncoder().encode('abcdef');
const submission = { filename: 'talk.mp4', content, settings };
const later = () => '2026-01-01T12:10:00.000Z';

type Deps = ReturnType<typeof memoryDeps>;
const submit = (deps: Deps, over = {}) => submitFile(deps, 'alice', { ...submission, ...over }, noon);

function arrive(deps: Deps) {
  const readSettings = () => ({ settings, notes: [] });
  return Promise.all(deps.uploads.keys().map((key) => receiveSource({ ...deps, readSettings }, key, noon)));
}

describe('submitting a file', () => {
  it('stores it and starts its job on exactly that object', async () => {
    const deps = memoryDeps();

    const job = await submit(deps);

    const stored = await deps.uploads.head(job.source.key);
    expect(job).toMatchObject({
      status: 'pending',
      owner: 'alice',
      settings,
      source: { etag: stored?.etag },
    });
    expect(stored).toMatchObject({ sizeBytes: 6, contentType: 'video/mp4' });
    expect(deps.workflow.executions).toEqual([`${job.jobId}-1`]);
  });

  it('starts one execution, whenever the arrival of its object is told', async () => {
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 1, max: 5 }), async (at) => {
        const deps = memoryDeps();

        const job = await submit(interruptedAt(deps, at, { after: () => arrive(deps) }));
        await arrive(deps);

        expect(deps.workflow.executions).toEqual([`${job.jobId}-1`]);
        expect(job.status).toBe('pending');
      }),
      { numRuns: 20 },
    );
  });

  it('that died at any call has stored nothing, or a job that goes on by itself', async () => {
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 1, max: 5 }), fc.boolean(), async (at, after) => {
        const deps = memoryDeps();

        const outcome = await submit(dyingAt(deps, at, after)).catch((error) => error);
        fc.pre(outcome instanceof Died);
        await reconcileJobs(deps, later);

        const { jobs } = await deps.jobs.listByOwner('alice', { limit: 5 });
        const started = jobs.map(({ jobId, status }) => [
          status,
          deps.workflow.executions.includes(`${jobId}-1`),
        ]);
        if (deps.uploads.keys().length > 0) expect(started).toEqual([['pending', true]]);
        else expect(started.filter(([status]) => status !== 'awaiting_upload')).toEqual([]);
      }),
      { numRuns: 20 },
    );
  });

  it.each([
    [limits.formFileBytes, undefined],
    [limits.formFileBytes + 1, 'file-too-large-for-form'],
  ])('of %i bytes is taken, or told of another way', async (sizeBytes, code) => {
    const deps = memoryDeps();

    const outcome = await submit(deps, { content: new Uint8Array(sizeBytes) }).catch((error) => error);

    expect(outcome.code).toBe(code);
    expect(deps.uploads.keys()).toHaveLength(code ? 0 : 1);
  });
});

describe('a file without a name that could be used', () => {
  it.each(['', 'talk', 'talk.exe'])('%j is told by the field that it came in', async (filename) => {
    await expect(submit(memoryDeps(), { filename })).rejects.toMatchObject({
      errors: [{ field: 'media_file' }],
    });
  });
});

describe('the form', () => {
  const boundary = 'b';
  const callWith = (body: string, type = `multipart/form-data; boundary=${boundary}`) =>
    ({ event: { body, isBase64Encoded: false, headers: { 'content-type': type } } }) as never;

  it('of any fields and values is taken or refused, never anything else', async () => {
    await fc.assert(
      fc.asyncProperty(fc.dictionary(fc.string(), fc.string()), async (fields) => {
        const parts = Object.entries(fields).map(
          ([name, value]) =>
            `--${boundary}\r\nContent-Disposition: form-data; name="${name}"\r\n\r\n${value}\r\n`,
        );

        const outcome = await readForm(callWith(`${parts.join('')}--${boundary}--\r\n`))
          .then((form) => parse(submitForm, form))
          .catch((error) => error);

        expect(outcome.name).toBe('Refusal');
      }),
    );
  });

  it.each([
    ['', 'multipart/form-data; boundary=b'],
    ['--b\r\n', 'multipart/form-data'],
    ['{}', 'application/json'],
    ['--b', 'multipart/form-data; boundary=b'],
  ])('%j sent as %s is none', async (body, type) => {
    await expect(readForm(callWith(body, type))).rejects.toMatchObject({ code: 'invalid-form' });
  });
});
