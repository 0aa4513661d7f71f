import { beginMultipart } from '../../core/uploads/begin-multipart.ts';
import type { ClaimedPart } from '../../core/uploads/check-parts.ts';
import { completeMultipart } from '../../core/uploads/complete-multipart.ts';
import type { UploadClaim } from '../../core/uploads/own-upload.ts';
import { aJob, noon } from './builders.ts';
import { memoryDeps } from './job-deps.ts';

const MIB = 1024 ** 2;
/** The two parts of the source: their content. */
export const first = Buffer.alloc(5 * MIB, 1);
export const rest = Buffer.alloc(1000, 2);
export const sizeBytes = first.length + rest.length;

/** An upload in two parts that alice has begun, of a job that waits for it. */
export async function aBegunUpload() {
  const signed: object[] = [];
  const deps = {
    ...memoryDeps(),
    signed,
    signer: {
      async signPart(part: { partNumber: number; sizeBytes: number }) {
        signed.push({ partNumber: part.partNumber, sizeBytes: part.sizeBytes });
        return { url: `http://s3/${part.partNumber}`, expiresInSeconds: 3600 };
      },
    },
  };
  const { settings } = aJob();
  const request = { filename: 'talk.mp4', sizeBytes, partSizeBytes: 5 * MIB, autoStart: false, settings };
  const { job } = await beginMultipart(deps, 'alice', request, noon);
  const claim: UploadClaim = { jobId: job.jobId, key: job.source.key, uploadId: job.upload.uploadId };

  const sendPart = (partNumber: number, content: string | Buffer): ClaimedPart => ({
    partNumber,
    etag: deps.multipart.sendPart(claim, partNumber, content),
  });
  return {
    deps,
    claim,
    sendPart,
    sendAll: (): [ClaimedPart, ClaimedPart] => [sendPart(1, first), sendPart(2, rest)],
    complete: (parts: ClaimedPart[]) => completeMultipart(deps, 'alice', claim, parts),
  };
}

export type BegunUpload = Awaited<ReturnType<typeof aBegunUpload>>;
