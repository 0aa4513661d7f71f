import { setTimeout as sleep } from 'node:timers/promises';
import type { ClipAnswer, JobAnswer, PresignedUpload, Problem, StatusAnswer } from './wire-types.ts';

export interface JobSettings {
  num_segments: number;
  min_duration: number;
  max_duration: number;
}

export interface ApiClient {
  presignUpload(upload: { filename: string; file_size: number }): Promise<PresignedUpload>;
  createJob(job: { job_id: string; s3_key: string } & JobSettings): Promise<void>;
  job(jobId: string): Promise<JobAnswer>;
  status(jobId: string): Promise<StatusAnswer>;
  clips(jobId: string): Promise<ClipAnswer[]>;
}

/** The API said no, and why. */
export class ApiRefusal extends Error {
  override readonly name = 'ApiRefusal';
  readonly code: string;

  constructor(status: number, problem: Problem) {
    const fields = (problem.errors ?? []).map(({ field, message }) => `\n  ${field}: ${message}`);
    super(`${problem.detail ?? `The API answered ${status}.`}${fields.join('')}`);
    this.code = problem.code ?? `http-${status}`;
  }
}

const attempts = 4;

export function apiClient(baseUrl: string, options: { signal: AbortSignal; token?: string }): ApiClient {
  const { signal, token } = options;
  const headers = { 'content-type': 'application/json', ...(token && { authorization: `Bearer ${token}` }) };

  async function call<Answer>(method: 'GET' | 'POST', path: string, body?: object): Promise<Answer> {
    const response = await fetch(baseUrl + path, {
      method,
      headers,
      signal,
      body: body && JSON.stringify(body),
    });
    if (response.ok) return (await response.json()) as Answer;

    const problem = await response.json().catch(() => ({}));
    throw new ApiRefusal(response.status, problem as Problem);
  }

  /** A job runs for long: watching it must outlive a hiccup of the network. */
  async function read<Answer>(path: string): Promise<Answer> {
    for (let attempt = 1; ; attempt += 1) {
      try {
        return await call<Answer>('GET', path);
      } catch (error) {
        if (error instanceof ApiRefusal || signal.aborted || attempt === attempts) throw error;
        await sleep(500 * attempt, undefined, { signal });
      }
    }
  }

  return {
    presignUpload: (upload) => call('POST', '/api/upload/presigned-url/', upload),
    createJob: async (job) => void (await call('POST', '/api/upload/create-job/', job)),
    job: (jobId) => read(`/api/jobs/${jobId}/`),
    status: (jobId) => read(`/api/jobs/${jobId}/status/`),
    clips: async (jobId) => (await read<{ clips: ClipAnswer[] }>(`/api/jobs/${jobId}/clips/`)).clips,
  };
}
