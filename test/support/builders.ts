import type { Clip, Job } from '../../core/jobs/job.ts';

export const noon = '2026-01-01T12:00:00.000Z';

/** A job that waits for its source, unless told otherwise. */
export function aJob(overrides: Partial<Job> = {}): Job {
  const jobId = overrides.jobId ?? 'job-1';
  return {
    jobId,
    owner: 'alice',
    status: 'awaiting_upload',
    attempt: 1,
    cleanup: 'none',
    autoStart: false,
    settings: { numSegments: 2, minDurationSeconds: 5, maxDurationSeconds: 10 },
    source: {
      key: `uploads/hash/${jobId}/source.mp4`,
      filename: 'talk.mp4',
      contentType: 'video/mp4',
      sizeBytes: 6,
    },
    reachedAt: { awaiting_upload: noon },
    createdAt: noon,
    updatedAt: noon,
    ...overrides,
  };
}

export function aClip(overrides: Partial<Clip> = {}): Clip {
  const number = overrides.clipNumber ?? 1;
  return {
    jobId: 'job-1',
    clipNumber: number,
    status: 'pending',
    attempt: 1,
    startSeconds: number * 10,
    endSeconds: number * 10 + 8,
    title: `Clip ${number}`,
    reason: 'Loud',
    key: `clips/hash/job-1/00${number}.mp4`,
    posterKey: `clips/hash/job-1/00${number}.jpg`,
    ...overrides,
  };
}
