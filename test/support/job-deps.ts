import { ids } from '../../lambdas/shared/ids.ts';
import { aJob } from './builders.ts';
import { memoryAnnouncements } from './memory-announcements.ts';
import { memoryJobStore } from './memory-job-store.ts';
import { memoryMedia } from './memory-media.ts';
import { memoryMultipartUploads } from './memory-multipart-uploads.ts';
import { memoryObjectStore } from './memory-object-store.ts';
import { memoryUsageStore } from './memory-usage-store.ts';
import { memoryWorkflow } from './memory-workflow.ts';

/** Every port in memory, for tests about the life of a job. */
export function memoryDeps() {
  const uploads = memoryObjectStore();
  return {
    jobs: memoryJobStore(),
    usage: memoryUsageStore(),
    uploads,
    clips: memoryObjectStore(),
    multipart: memoryMultipartUploads(uploads),
    workflow: memoryWorkflow(),
    announcements: memoryAnnouncements(),
    media: memoryMedia(),
    ids,
  };
}

/** The same with alice's `job-1`, whose source has arrived and whose steps are next. */
export async function pendingJob(media = memoryMedia()) {
  const deps = { ...memoryDeps(), media };
  const job = aJob({ status: 'pending' });
  const { etag } = deps.uploads.put(job.source.key, 'abcdef');
  await deps.jobs.create({ ...job, source: { ...job.source, etag } });
  return deps;
}

/** The same in the folder of its owner, with its execution started. */
export async function startedJob() {
  const deps = memoryDeps();
  const job = aJob({ status: 'pending' });
  const key = `uploads/${ids.ownerHash(job.owner)}/${job.jobId}/source.mp4`;
  const { etag } = deps.uploads.put(key, 'abcdef');
  await deps.jobs.create({ ...job, source: { ...job.source, key, etag } });
  await deps.workflow.start(job);
  return deps;
}
