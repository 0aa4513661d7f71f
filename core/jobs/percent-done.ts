import type { Clip, Job, JobStatus } from './job.ts';

/** Where each stage begins and how much of the bar it takes: rendering is by far the longest. */
const stages: Record<
  Exclude<JobStatus, 'failed' | 'cancelled' | 'expired'>,
  [from: number, share: number]
> = {
  awaiting_upload: [0, 0],
  pending: [0, 0],
  preprocessing: [2, 23],
  transcribing: [25, 10],
  analyzing: [35, 10],
  clipping: [45, 54],
  completed: [100, 0],
};

/** How far a job is, 0–100. 100 only once it is completed; ended otherwise: by its finished clips. */
export function percentDone(job: Job, clips: Clip[]): number {
  const rendered = renderedPercent(clips);
  if (job.status === 'failed' || job.status === 'cancelled' || job.status === 'expired') {
    return Math.floor(rendered * 0.99);
  }

  const [from, share] = stages[job.status];
  return Math.floor(from + (share * stagePercentDone(job, clips)) / 100);
}

/** How far the stage is that a job is in, 0–100. */
export function stagePercentDone(job: Job, clips: Clip[]): number {
  return job.status === 'clipping' ? renderedPercent(clips) : (job.stagePercent ?? 0);
}

function renderedPercent(clips: Clip[]): number {
  return Math.floor(clips.reduce((sum, clip) => sum + clipPercent(clip), 0) / Math.max(1, clips.length));
}

function clipPercent(clip: Clip): number {
  return clip.status === 'completed' ? 100 : (clip.renderedPercent ?? 0);
}
