import { expect, it } from '@jest/globals';
import { selectSegments } from '../../core/jobs/select-segments.ts';
import { ids } from '../../lambdas/shared/ids.ts';
import { aJob, noon } from '../support/builders.ts';
import { memoryDeps } from '../support/job-deps.ts';
import { memoryMedia, someFacts } from '../support/memory-media.ts';
import { aSound } from '../support/sound.ts';

it('a job whose recording falls silent gets fewer clips than it asked for, and is told why', async () => {
  const speech = aSound({ durationSeconds: 30 }).silences;
  const sound = aSound({
    durationSeconds: 60,
    silences: [...speech, { startSeconds: 30, endSeconds: 60 }],
  });
  const deps = { ...memoryDeps(), ids, media: memoryMedia({ listen: async () => sound }) };
  const waiting = aJob({ settings: { numSegments: 6, minDurationSeconds: 8, maxDurationSeconds: 10 } });
  const audio = deps.uploads.put('work/audio.flac', 'sound');
  await deps.jobs.create({ ...waiting, status: 'preprocessing', facts: someFacts, audio });

  const room = { signal: new AbortController().signal, now: () => noon };
  await selectSegments(deps, { jobId: 'job-1', attempt: 1 }, room);

  const job = await deps.jobs.get('job-1');
  expect(job?.segments?.every(({ endSeconds }) => endSeconds < 32)).toBe(true);
  expect(job?.notes).toEqual([
    expect.stringMatching(/^The recording holds [123] of the 6 clips that were asked\.$/),
    'What is left of the recording is far quieter than the rest: no clips were made of that.',
  ]);
});
