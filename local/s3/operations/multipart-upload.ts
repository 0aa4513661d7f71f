import { answerEmpty, answerXml } from '../http/answer.ts';
import { allow, type Call, objectArn } from '../http/call.ts';
import { describe, notImplementedHeader } from '../http/object-headers.ts';
import { headerMap, integerParameter } from '../http/s3-request.ts';
import { openBody } from '../payload/body.ts';
import type { Upload } from '../storage/uploads.ts';
import { addDigestHeaders, allowWrite } from './put-object.ts';

export const MAX_PARTS = 10_000;

export async function createMultipartUpload(call: Call): Promise<void> {
  const { bucket, key, service, response } = call;
  allowWrite(call);
  const upload = await bucket.uploads.create(key, describe(headerMap(call)), service.clock());
  answerXml(response, 'InitiateMultipartUploadResult', {
    Bucket: bucket.name,
    Key: key,
    UploadId: upload.id,
  });
}

export async function uploadPart(call: Call): Promise<void> {
  const { bucket, service, response, incoming } = call;
  allowWrite(call);
  if (incoming.headers['x-amz-copy-source'] !== undefined) throw notImplementedHeader('x-amz-copy-source');
  const number = integerParameter(call, 'partNumber', { min: 1, max: MAX_PARTS });
  const upload = uploadOf(call);
  const body = openBody(call, call.signature);

  const blob = await bucket.blobs.write(body.content);
  const { md5Hex: etag, checksum } = body.digests();
  await bucket.uploads.putPart(upload, { number, etag, checksum, lastModifiedMs: service.clock(), blob });

  addDigestHeaders(response, etag, checksum);
  answerEmpty(response, 200);
}

export async function abortMultipartUpload(call: Call): Promise<void> {
  allow(call, 's3:AbortMultipartUpload', objectArn(call.bucket, call.key));
  await call.bucket.uploads.end(uploadOf(call));
  answerEmpty(call.response, 204);
}

/** Throws NoSuchUpload. */
export function uploadOf({ bucket, key, query }: Call): Upload {
  return bucket.uploads.get(key, query.get('uploadId') ?? '');
}
