import { retrying } from '../retrying.ts';
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

  async function call<Answer>(method: string, path: string, body?: object): Promise<Answer> {
    const once = async () => {
      try {
        const answer = await sendJson({ method, url: `${baseUrl}/api${path}`, headers, body, signal });
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
    presignUpload: (upload: NewUpload) => call<PresignedUpload>('POST', '/upload/presigned-url', upload),
    initiateUpload: (upload: NewUpload & { part_size?: number }) =>
      call<MultipartUpload>('POST', '/upload/multipart/initiate', upload),
    async signPart(upload: UploadIdentity, partNumber: number): Promise<string> {
      const body = { ...identity(upload), part_numbers: [partNumber] };
      const { urls } = await call<{ urls: { url: string }[] }>('POST', '/upload/multipart/urls', body);
      return urls[0]!.url;
    },
    /** Asked of S3: what is there, whoever sent it. */
    async listParts(upload: UploadIdentity): Promise<ListedPart[]> {
      return (await call<{ parts: ListedPart[] }>('POST', '/upload/multipart/parts', identity(upload))).parts;
    },
    async completeUpload(upload: UploadIdentity, parts: ListedPart[]): Promise<void> {
      const wanted = parts.map(({ part_number, etag }) => ({ PartNumber: part_number, ETag: etag }));
      await call('POST', '/upload/multipart/complete', { ...identity(upload), parts: wanted });
    },
    abortUpload: (upload: UploadIdentity) => call<void>('POST', '/upload/multipart/abort', identity(upload)),
    async createJob(job: { job_id: string; s3_key: string } & JobSettings): Promise<void> {
      await call('POST', '/upload/create-job', job);
    },
    job: (jobId: string) => call<JobAnswer>('GET', ofJob(jobId)),
    status: (jobId: string) => call<StatusAnswer>('GET', ofJob(jobId, '/status')),
    async clips(jobId: string): Promise<ClipAnswer[]> {
      return (await call<{ clips: ClipAnswer[] }>('GET', ofJob(jobId, '/clips'))).clips;
    },
    jobs: (query: Record<string, string>) => call<JobPage>('GET', `/jobs?${new URLSearchParams(query)}`),
    retry: (jobId: string) => call<JobAnswer>('POST', ofJob(jobId, '/retry')),
    cancel: (jobId: string) => call<JobAnswer>('POST', ofJob(jobId, '/cancel')),
    delete: (jobId: string) => call<void>('DELETE', ofJob(jobId)),
  };
}

/** Only these three: the API refuses fields that it does not know. */
function identity({ job_id, upload_id, s3_key }: UploadIdentity): UploadIdentity {
  return { job_id, upload_id, s3_key };
}
