import { retrying } from '../retrying.ts';
import { ApiRefusal } from './api-refusal.ts';
import { isNobodyThere, NoConnection, Unreachable } from './no-connection.ts';
import { sendJson } from './send-json.ts';
import type {
  ClipAnswer,
  JobAnswer,
  JobPage,
  JobSettings,
  ListedPart,
  MultipartUpload,
  NewUpload,
  PresignedUpload,
  StatusAnswer,
  TimelineEntry,
  UploadIdentity,
} from './wire-types.ts';

export type ApiClient = ReturnType<typeof apiClient>;

/** A job runs for long, an upload longer: both must outlive a minute without network. */
const attempts = 10;

/**
 * The API at `baseUrl`, which has no slash at its end. Every call is safe to repeat and is repeated while the network or
 * the service fail. Throws ApiRefusal, TransientFailure when patience ends, and Unreachable at once where nobody ever answered.
 */
export function apiClient(baseUrl: string, { signal, token }: { signal: AbortSignal; token?: string }) {
  const headers: Record<string, string> = token ? { authorization: `Bearer ${token}` } : {};
  let answered = false;

  /** `field`: what an answer of Clipwright has; undefined where it is empty. */
  async function call<Answer>(
    method: string,
    path: string,
    field: (keyof Answer & string) | undefined,
    body?: object,
  ): Promise<Answer> {
    const url = `${baseUrl}/api${path}`;
    const once = async () => {
      try {
        const answer = await sendJson({ method, url, headers, body, signal });
        if (!hasField(answer, field)) throw new ApiRefusal(200, {}, new URL(url).host);
        answered = true;
        return answer as Answer;
      } catch (error) {
        if (!(error instanceof NoConnection)) answered = true;
        // A mistyped address, or a service that is not up: nothing to wait for.
        if (!answered && isNobodyThere(error)) throw new Unreachable(error.message);
        throw error;
      }
    };
    return retrying(once, { signal, attempts });
  }
  const ofJob = (jobId: string, path = '') => `/jobs/${encodeURIComponent(jobId)}${path}`;

  return {
    presignUpload: (upload: NewUpload) =>
      call<PresignedUpload>('POST', '/upload/presigned-url', 'upload_fields', upload),
    initiateUpload: (upload: NewUpload & { part_size?: number }) =>
      call<MultipartUpload>('POST', '/upload/multipart/initiate', 'upload_id', upload),
    async signPart(upload: UploadIdentity, partNumber: number): Promise<string> {
      const body = { ...identity(upload), part_numbers: [partNumber] };
      const { urls } = await call<{ urls: { url: string }[] }>(
        'POST',
        '/upload/multipart/urls',
        'urls',
        body,
      );
      return urls[0]!.url;
    },
    /** Asked of S3: what is there, whoever sent it. */
    async listParts(upload: UploadIdentity): Promise<ListedPart[]> {
      return (
        await call<{ parts: ListedPart[] }>('POST', '/upload/multipart/parts', 'parts', identity(upload))
      ).parts;
    },
    async completeUpload(upload: UploadIdentity, parts: ListedPart[]): Promise<void> {
      const wanted = parts.map(({ part_number, etag }) => ({ PartNumber: part_number, ETag: etag }));
      await call<{ s3_key: string }>('POST', '/upload/multipart/complete', 's3_key', {
        ...identity(upload),
        parts: wanted,
      });
    },
    abortUpload: (upload: UploadIdentity) =>
      call<void>('POST', '/upload/multipart/abort', undefined, identity(upload)),
    async createJob(job: { job_id: string; s3_key: string } & JobSettings): Promise<void> {
      await call<JobAnswer>('POST', '/upload/create-job', 'status', job);
    },
    job: (jobId: string) => call<JobAnswer>('GET', ofJob(jobId), 'filename'),
    status: (jobId: string) => call<StatusAnswer>('GET', ofJob(jobId, '/status'), 'progress'),
    async clips(jobId: string): Promise<ClipAnswer[]> {
      return (await call<{ clips: ClipAnswer[] }>('GET', ofJob(jobId, '/clips'), 'clips')).clips;
    },
    async timeline(jobId: string): Promise<TimelineEntry[]> {
      const path = ofJob(jobId, '/timeline');
      return (await call<{ timeline: TimelineEntry[] }>('GET', path, 'timeline')).timeline;
    },
    jobs: (query: Record<string, string>) =>
      call<JobPage>('GET', `/jobs?${new URLSearchParams(query)}`, 'jobs'),
    retry: (jobId: string) => call<JobAnswer>('POST', ofJob(jobId, '/retry'), 'status'),
    cancel: (jobId: string) => call<JobAnswer>('POST', ofJob(jobId, '/cancel'), 'status'),
    delete: (jobId: string) => call<void>('DELETE', ofJob(jobId), undefined),
  };
}

/** Whatever else answers there, a `{}` or a list, must not count as done. */
function hasField(answer: unknown, field: string | undefined): boolean {
  if (field === undefined) return answer === undefined;
  return typeof answer === 'object' && answer !== null && field in answer;
}

/** Only these three: the API refuses fields that it does not know. */
function identity({ job_id, upload_id, s3_key }: UploadIdentity): UploadIdentity {
  return { job_id, upload_id, s3_key };
}
