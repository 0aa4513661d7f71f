import { createHash } from 'node:crypto';
import { answerXml } from '../http/answer.ts';
import { allow, type Call, objectArn, originOf } from '../http/call.ts';
import { listsEtag, writePrecondition } from '../http/conditions.ts';
import { describe } from '../http/object-headers.ts';
import { headerMap, headerText } from '../http/s3-request.ts';
import { MAX_BODY_BYTES, tooLarge } from '../payload/body.ts';
import { S3Error } from '../s3-error.ts';
import type { Bucket } from '../storage/bucket.ts';
import { findObject } from './get-object.ts';
import { allowWrite } from './put-object.ts';

export async function copyObject(call: Call): Promise<void> {
  const source = parseSource(call);
  allow(call, 's3:GetObject', objectArn(source.bucket, source.key));
  allowWrite(call);
  const precondition = writePrecondition(call);
  const original = findObject(call, source.bucket, source.key);
  checkSourceCondition(call, original.etag);
  if (original.sizeBytes > MAX_BODY_BYTES) throw tooLarge(original.sizeBytes, MAX_BODY_BYTES);

  const { bucket, key, service, response } = call;
  const md5 = createHash('md5');
  async function* content() {
    // A copy of each, which a Buffer's `slice` is not: its memory is read into again while it may still wait to be written.
    for await (const chunk of source.bucket.blobs.read(original.blobs, 0, original.sizeBytes)) {
      md5.update(chunk);
      yield Uint8Array.from(chunk);
    }
  }
  const blob = await source.bucket.blobs.whileHeld(original.blobs, () => bucket.blobs.write(content()));
  const { headers, metadata } = replacesMetadata(call) ? describe(headerMap(call)) : original;
  const etag = md5.digest('hex');
  const lastModifiedMs = service.clock();
  await bucket.objects.put(
    { key, sizeBytes: blob.sizeBytes, etag, lastModifiedMs, blobs: [blob], headers, metadata },
    originOf(call, 'CopyObject'),
    precondition,
  );
  answerXml(response, 'CopyObjectResult', {
    ETag: `"${etag}"`,
    LastModified: new Date(lastModifiedMs).toISOString(),
  });
}

/** `/bucket/key`, URL-encoded. */
function parseSource(call: Call): { bucket: Bucket; key: string } {
  const text = decodeURIComponent(headerText(call, 'x-amz-copy-source') ?? '');
  const [, bucketName = '', key = ''] = /^\/?([^/]+)\/(.+)$/s.exec(text) ?? [];
  const bucket = call.service.buckets.get(bucketName);
  if (key === '')
    throw new S3Error(
      'InvalidArgument',
      'Copy Source must mention the source bucket and key: sourcebucket/sourcekey',
    );
  if (!bucket)
    throw new S3Error('NoSuchBucket', 'The specified bucket does not exist', { BucketName: bucketName });
  return { bucket, key };
}

function checkSourceCondition(call: Call, etag: string): void {
  const ifMatch = headerText(call, 'x-amz-copy-source-if-match');
  const ifNoneMatch = headerText(call, 'x-amz-copy-source-if-none-match');
  const failed =
    (ifMatch !== undefined && !listsEtag(ifMatch, etag)) ||
    (ifNoneMatch !== undefined && listsEtag(ifNoneMatch, etag));
  if (failed)
    throw new S3Error('PreconditionFailed', 'At least one of the pre-conditions you specified did not hold');
}

function replacesMetadata(call: Call): boolean {
  const directive = headerText(call, 'x-amz-metadata-directive') ?? 'COPY';
  if (directive !== 'COPY' && directive !== 'REPLACE') {
    throw new S3Error('InvalidArgument', 'Unknown metadata directive.', {
      ArgumentName: 'x-amz-metadata-directive',
    });
  }
  return directive === 'REPLACE';
}
