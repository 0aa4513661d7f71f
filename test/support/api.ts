import { readFileSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

export interface Answer {
  status: number;
  headers: Headers;
  body: any;
}

export interface Upload {
  job_id: string;
  s3_key: string;
  upload_url: string;
  upload_fields: Record<string, string>;
  file_type: string;
  expires_in: number;
}

/** The example client of the contract: plain HTTP, snake_case, trailing slashes. Knows a base URL and maybe a token. */
export function anApi(baseUrl: string, token?: string) {
  const headers = { ...(token && { authorization: `Bearer ${token}` }) };

  async function call(method: string, path: string, body?: unknown): Promise<Answer> {
    const response = await fetch(new URL(path, baseUrl), {
      method,
      headers: { ...headers, ...(body !== undefined && { 'content-type': 'application/json' }) },
      body: typeof body === 'string' || body === undefined ? body : JSON.stringify(body),
    });
    const text = await response.text();
    return { status: response.status, headers: response.headers, body: text ? JSON.parse(text) : undefined };
  }

  const api = {
    get: (path: string) => call('GET', path),
    post: (path: string, body?: unknown) => call('POST', path, body),
    delete: (path: string) => call('DELETE', path),

    async presign(path: string, settings: object = {}): Promise<Upload> {
      const file_size = readFileSync(path).length;
      const answer = await api.post('/api/upload/presigned-url/', {
        filename: basename(path),
        file_size,
        ...settings,
      });
      if (answer.status !== 200) throw new Error(JSON.stringify(answer.body));
      return answer.body;
    },

    /** Presign and upload. */
    async upload(path: string, settings: object = {}): Promise<Upload> {
      const upload = await api.presign(path, settings);
      const response = await postForm(upload, readFileSync(path));
      if (!response.ok) throw new Error(await response.text());
      return upload;
    },

    /** A small file with its settings in one form; answers the job. */
    async submit(path: string, settings: Record<string, string> = {}): Promise<any> {
      const form = new FormData();
      for (const [name, value] of Object.entries(settings)) form.append(name, value);
      form.append('media_file', new Blob([new Uint8Array(readFileSync(path))]), basename(path));
      const response = await fetch(new URL('/api/jobs', baseUrl), { method: 'POST', headers, body: form });
      if (response.status !== 201) throw new Error(await response.text());
      return response.json();
    },

    /** Presign, upload, create-job. */
    async start(path: string, settings: object = {}): Promise<string> {
      const { job_id, s3_key, file_type } = await api.upload(path);
      const answer = await api.post('/api/upload/create-job/', { job_id, s3_key, file_type, ...settings });
      if (answer.status !== 201) throw new Error(JSON.stringify(answer.body));
      return job_id;
    },

    /** Polls until the job has ended and, if it completed, its source is gone. Answers the last status. */
    async ended(jobId: string, { pollMs = 250 } = {}): Promise<any> {
      for (;;) {
        const { status, body } = await api.get(`/api/jobs/${jobId}/status/`);
        if (status !== 200) throw new Error(JSON.stringify(body));
        if (['failed', 'cancelled', 'expired'].includes(body.status)) return body;
        if (body.status === 'completed' && body.source_deleted_at) return body;
        await sleep(pollMs);
      }
    },

    /** Downloads the clips into a folder; answers what the API says of each, with its file. */
    async clips(jobId: string, folder: string): Promise<any[]> {
      const { body } = await api.get(`/api/jobs/${jobId}/clips/`);
      for (const clip of body.clips) {
        clip.file = join(folder, `${jobId}-${clip.clip_id}.mp4`);
        await writeFile(clip.file, Buffer.from(await (await fetch(clip.video_url)).arrayBuffer()));
      }
      return body.clips;
    },
  };
  return api;
}

/** The form with the file last, as a browser or `requests` posts it. */
export function postForm(
  upload: Pick<Upload, 'upload_url' | 'upload_fields'>,
  content: Uint8Array,
): Promise<Response> {
  const form = new FormData();
  for (const [name, value] of Object.entries(upload.upload_fields)) form.append(name, value);
  form.append('file', new Blob([new Uint8Array(content)]), 'file');
  return fetch(upload.upload_url, { method: 'POST', body: form });
}
