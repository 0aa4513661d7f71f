import type { ClipAnswer, JobAnswer, JobPage, StatusAnswer, TimelineEntry } from './wire-types.ts';

/** The calls to the API, each of which throws an ApiProblem where it is refused (api-fetch.ts). */
export const api = {
  jobs: (cursor?: string) =>
    read<JobPage>(cursor ? `/api/jobs?cursor=${encodeURIComponent(cursor)}` : '/api/jobs'),
  job: (jobId: string) => read<JobAnswer>(pathOf(jobId)),
  status: (jobId: string) => read<StatusAnswer>(`${pathOf(jobId)}/status`),
  clips: async (jobId: string) => (await read<{ clips: ClipAnswer[] }>(`${pathOf(jobId)}/clips`)).clips,

  timeline: async (jobId: string) =>
    (await read<{ timeline: TimelineEntry[] }>(`${pathOf(jobId)}/timeline`)).timeline,

  retry: (jobId: string) => send('POST', `${pathOf(jobId)}/retry`),
  cancel: (jobId: string) => send('POST', `${pathOf(jobId)}/cancel`),
  remove: (jobId: string) => send('DELETE', pathOf(jobId)),

  /** Gives up an upload that no uploader holds any more, so that nothing of it is kept. */
  abortUpload: ({ uploadId, key }: { uploadId: string; key: string }) =>
    send('DELETE', `/api/uppy/s3/multipart/${encodeURIComponent(uploadId)}?${new URLSearchParams({ key })}`),
};

const pathOf = (jobId: string) => `/api/jobs/${encodeURIComponent(jobId)}`;

async function read<T>(path: string): Promise<T> {
  return (await fetch(path)).json() as Promise<T>;
}

async function send(method: string, path: string): Promise<void> {
  await fetch(path, { method });
}
