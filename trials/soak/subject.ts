import { announceJob } from '../../core/announce/announce-job.ts';
import { cancelJob } from '../../core/jobs/cancel-job.ts';
import { cleanUpJob } from '../../core/jobs/clean-up-job.ts';
import { createJob } from '../../core/jobs/create-job.ts';
import { deleteJob, sweepTombstones } from '../../core/jobs/delete-job.ts';
import { extractAudio } from '../../core/jobs/extract-audio.ts';
import { failClip, failJob } from '../../core/jobs/fail-job.ts';
import { finishJob } from '../../core/jobs/finish-job.ts';
import { probeSource } from '../../core/jobs/probe-source.ts';
import { receiveSource } from '../../core/jobs/receive-source.ts';
import { reconcileJob, reconcileJobs } from '../../core/jobs/reconcile-jobs.ts';
import { renderClip } from '../../core/jobs/render-clip.ts';
import { retryJob } from '../../core/jobs/retry-job.ts';
import { selectSegments } from '../../core/jobs/select-segments.ts';
import { transcribeAudio } from '../../core/jobs/transcribe-audio.ts';
import type { Announcements } from '../../core/ports/announcing.ts';
import type { JobStore } from '../../core/ports/job-store.ts';
import type { Transcriber } from '../../core/ports/language.ts';
import type { ObjectStore } from '../../core/ports/object-store.ts';
import type { MultipartUploads } from '../../core/ports/uploads.ts';
import type { UsageStore } from '../../core/ports/usage-store.ts';
import type { Workflow } from '../../core/ports/workflow.ts';
import { completeMultipart } from '../../core/uploads/complete-multipart.ts';

/** What is put to the test: the very code that the functions run. */
export const subject = {
  completeMultipart,
  createJob,
  receiveSource,
  retryJob,
  cancelJob,
  deleteJob,
  sweepTombstones,
  reconcileJobs,
  reconcileJob,
  probeSource,
  extractAudio,
  transcribeAudio,
  selectSegments,
  renderClip,
  finishJob,
  cleanUpJob,
  announceJob,
  failJob,
  failClip,
};
export type Subject = typeof subject;

export interface Ports {
  jobs: JobStore;
  uploads: ObjectStore;
  clips: ObjectStore;
  multipart: MultipartUploads;
  workflow: Workflow;
  usage: UsageStore;
  transcriber: Transcriber;
  announcements: Announcements;
}

/** A mistake put into the subject, to see that the trial finds it. */
export interface Bug {
  name: string;
  /** The ports as a function with the mistake would use them. */
  ports?(ports: Ports, by: keyof Subject): Ports;
  subject?(subject: Subject): Subject;
}
