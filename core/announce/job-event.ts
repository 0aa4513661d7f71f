import type { Clip, Job } from '../jobs/job.ts';

export const endings = ['completed', 'failed', 'cancelled', 'expired'] as const;
type Ending = (typeof endings)[number];

/** What the world is told when a job has ended: on the event bus as it is, to a webhook without `owner`; docs/events.md. */
export interface JobEvent {
  /** Goes up when a member changes its meaning or goes away; members may be added at any time. */
  version: '1';
  /** The same however often the event comes: who takes events drops those that they have seen. */
  event_id: string;
  job_id: string;
  attempt: number;
  status: Ending;
  /** The `sub` of the owner's tokens. */
  owner: string;
  /** 0 where the job ended before its clips were chosen. */
  total_clips: number;
  clips_completed: number;
  /** Of a job that failed. */
  error_code: string | null;
  created_at: string;
  ended_at: string;
}

/** Of a job that has ended; it names no file and holds no URL. */
export function jobEventOf(job: Job, clips: Pick<Clip, 'status'>[]): JobEvent {
  const status = endings.find((ending) => ending === job.status);
  if (!status) throw new Error(`Job ${job.jobId} is ${job.status}, which is nothing to tell the world of.`);
  return {
    version: '1',
    event_id: `${job.jobId}-${job.attempt}-${status}`,
    job_id: job.jobId,
    attempt: job.attempt,
    status,
    owner: job.owner,
    total_clips: job.segments?.length ?? 0,
    clips_completed: clips.filter((clip) => clip.status === 'completed').length,
    error_code: job.failure?.code ?? null,
    created_at: job.createdAt,
    ended_at: job.reachedAt[status] ?? job.updatedAt,
  };
}
