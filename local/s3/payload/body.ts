import type { Signature } from '../../iam/sigv4.ts';
import { headerMap, type S3Request } from '../http/s3-request.ts';
import { S3Error } from '../s3-error.ts';
import { decodeAwsChunked } from './aws-chunked.ts';
import type { Checksum } from './checksums.ts';
import { createDigests, readClaims } from './digests.ts';

/** S3's own limit for one PUT, POST or part. */
export const MAX_BODY_BYTES = 5 * 1024 ** 3;

export interface Body {
  /** Once, decoded. Throws at its end if it is not what was announced and signed. */
  content: AsyncGenerator<Buffer>;
  /** Known once `content` has ended. */
  digests(): { md5Hex: string; checksum?: Checksum };
}

/** Throws MissingContentLength, EntityTooLarge, InvalidDigest, … before a byte is read. */
export function openBody(request: S3Request, { payloadHash, seed }: Signature): Body {
  const { headers } = request.incoming;
  const chunked = payloadHash.startsWith('STREAMING-');
  const sizeBytes = announcedSize(
    chunked ? headers['x-amz-decoded-content-length'] : headers['content-length'],
  );
  const claims = readClaims(headerMap(request));
  if (/^[0-9a-f]{64}$/.test(payloadHash)) claims.sha256 = payloadHash;
  const digests = createDigests(claims);
  let finished: ReturnType<Body['digests']> | undefined;

  async function* content() {
    // Without this, leaving the loop early would destroy the connection that the error is to be answered on.
    const raw: AsyncIterable<Buffer> = request.incoming.iterator({ destroyOnReturn: false });
    const source = chunked
      ? decodeAwsChunked(raw, {
          seed: payloadHash.startsWith('STREAMING-UNSIGNED-') ? undefined : seed,
          onTrailer: (name, value) => claims.checksums.set(name, value),
        })
      : raw;
    let received = 0;
    for await (const chunk of source) {
      received += chunk.length;
      if (received > sizeBytes) throw incomplete();
      digests.update(chunk);
      yield chunk;
    }
    if (received !== sizeBytes) throw incomplete();
    finished = digests.finish();
  }

  return {
    content: content(),
    digests() {
      if (!finished) throw new Error('the content has not been read to its end');
      return finished;
    },
  };
}

/** A small body as text. */
export async function readText({ content }: Body, maxBytes: number): Promise<string> {
  const chunks: Buffer[] = [];
  let sizeBytes = 0;
  for await (const chunk of content) {
    sizeBytes += chunk.length;
    if (sizeBytes > maxBytes) throw tooLarge(sizeBytes, maxBytes);
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}

export function tooLarge(proposedBytes: number, maxBytes: number): S3Error {
  return new S3Error('EntityTooLarge', 'Your proposed upload exceeds the maximum allowed size', {
    ProposedSize: proposedBytes,
    MaxSizeAllowed: maxBytes,
  });
}

function announcedSize(header: string | string[] | undefined): number {
  if (!/^\d{1,15}$/.test(String(header))) {
    throw new S3Error('MissingContentLength', 'You must provide the Content-Length HTTP header.');
  }
  if (Number(header) > MAX_BODY_BYTES) throw tooLarge(Number(header), MAX_BODY_BYTES);
  return Number(header);
}

function incomplete(): S3Error {
  const message = 'You did not provide the number of bytes specified by the Content-Length HTTP header';
  return new S3Error('IncompleteBody', message);
}
