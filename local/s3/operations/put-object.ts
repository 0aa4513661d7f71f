import type { ServerResponse } from 'node:http';
import { answerEmpty } from '../http/answer.ts';
import { allow, type Call, objectArn, originOf } from '../http/call.ts';
import { writePrecondition } from '../http/conditions.ts';
import { describe } from '../http/object-headers.ts';
import { headerMap, headerText } from '../http/s3-request.ts';
import { openBody } from '../payload/body.ts';
import type { Checksum } from '../payload/checksums.ts';

export async function putObject(call: Call): Promise<void> {
  const { bucket, key, service, response } = call;
  allowWrite(call);
  const precondition = writePrecondition(call);
  const description = describe(headerMap(call));
  const body = openBody(call, call.signature);
  precondition(bucket.objects.get(key)); // once more when it counts; here it spares the upload

  const blob = await bucket.blobs.write(body.content);
  const { md5Hex: etag, checksum } = body.digests();
  const lastModifiedMs = service.clock();
  const object = {
    key,
    sizeBytes: blob.sizeBytes,
    etag,
    checksum,
    lastModifiedMs,
    blobs: [blob],
    ...description,
  };
  await bucket.objects.put(object, originOf(call, 'PutObject'), precondition);

  addDigestHeaders(response, etag, checksum);
  answerEmpty(response, 200);
}

export function addDigestHeaders(response: ServerResponse, etag: string, checksum?: Checksum): void {
  response.setHeader('etag', `"${etag}"`);
  if (checksum) response.setHeader(`x-amz-checksum-${checksum.algorithm}`, checksum.value);
}

/** What S3 asks of whoever writes an object, in whichever way. */
export function allowWrite(call: Call): void {
  const { bucket, key, incoming } = call;
  const arn = objectArn(bucket, key);
  allow(call, 's3:PutObject', arn, {
    's3:x-amz-server-side-encryption': headerText(call, 'x-amz-server-side-encryption'),
    's3:x-amz-acl': headerText(call, 'x-amz-acl'),
    's3:x-amz-storage-class': headerText(call, 'x-amz-storage-class'),
    's3:if-none-match': headerText(call, 'if-none-match'),
    's3:if-match': headerText(call, 'if-match'),
  });
  // An ETag that fits tells what is there.
  if (incoming.headers['if-match'] !== undefined) allow(call, 's3:GetObject', arn);
}
