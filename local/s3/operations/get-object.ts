import { sendBody } from '../http/answer.ts';
import { type ByteRange, parseRange } from '../http/byte-range.ts';
import { allow, type Call, objectArn } from '../http/call.ts';
import { checkReadConditions, listsEtag } from '../http/conditions.ts';
import { objectHeaders } from '../http/object-headers.ts';
import { headerText } from '../http/s3-request.ts';
import { S3Error } from '../s3-error.ts';
import type { StoredObject } from '../storage/objects.ts';

/** GetObject and HeadObject. */
export async function getObject(call: Call): Promise<void> {
  const { bucket, key, method, query, response } = call;
  allow(call, 's3:GetObject', objectArn(bucket, key));
  const object = findObject(call);

  const headers = objectHeaders(object, query);
  if (checkReadConditions(call, object) === 'not modified') {
    response.writeHead(304, headers).end();
    return;
  }
  const range = validRange(call, object);
  const { start, end } = range ?? { start: 0, end: object.sizeBytes };
  if (range) headers['content-range'] = `bytes ${start}-${end - 1}/${object.sizeBytes}`;
  else Object.assign(headers, checksumHeaders(call, object));
  headers['content-length'] = String(end - start);

  response.writeHead(range ? 206 : 200, headers);
  if (method === 'HEAD' || start === end) {
    response.end();
  } else {
    const { blobs } = bucket;
    await blobs.whileHeld(object.blobs, () => sendBody(response, blobs.read(object.blobs, start, end)));
  }
}

/** Throws NoSuchKey, or AccessDenied to those who may not know what is there (without s3:ListBucket). */
export function findObject(call: Call, bucket = call.bucket, key = call.key): StoredObject {
  const object = bucket.objects.get(key);
  if (object) return object;
  allow(call, 's3:ListBucket', bucket.arn);
  throw new S3Error('NoSuchKey', 'The specified key does not exist.', { Key: key });
}

function validRange(call: Call, object: StoredObject): ByteRange | undefined {
  const ifRange = headerText(call, 'if-range');
  const stale =
    ifRange !== undefined &&
    !listsEtag(ifRange, object.etag) &&
    Date.parse(ifRange) !== Math.floor(object.lastModifiedMs / 1000) * 1000;
  return stale ? undefined : parseRange(headerText(call, 'range'), object.sizeBytes);
}

function checksumHeaders({ incoming }: Call, { checksum }: StoredObject): Record<string, string> {
  if (!checksum || incoming.headers['x-amz-checksum-mode'] !== 'ENABLED') return {};
  return { [`x-amz-checksum-${checksum.algorithm}`]: checksum.value, 'x-amz-checksum-type': 'FULL_OBJECT' };
}
