import { answerEmpty, answerXml } from '../http/answer.ts';
import { allow, type Call, objectArn, originOf } from '../http/call.ts';
import { deletePrecondition } from '../http/conditions.ts';
import { childTexts, malformedXml, parseXml } from '../http/parse-xml.ts';
import { headerText } from '../http/s3-request.ts';
import { openBody, readText } from '../payload/body.ts';
import { asS3Error, S3Error } from '../s3-error.ts';

const MAX_KEYS = 1000;
/** A thousand of the longest keys, each byte escaped. */
const MAX_BODY_BYTES = 8 * 1024 * 1024;

/** 204 also if there is nothing, unless `If-Match` says that there should be. */
export async function deleteObject(call: Call): Promise<void> {
  await remove(call, call.key, headerText(call, 'if-match'));
  answerEmpty(call.response, 204);
}

/** DeleteObjects: each key answers for itself. */
export async function deleteObjects(call: Call): Promise<void> {
  const body = openBody(call, call.signature);
  const { keys, quiet } = parseDelete(await readText(body, MAX_BODY_BYTES));
  if (!call.incoming.headers['content-md5'] && !body.digests().checksum) {
    throw new S3Error(
      'InvalidRequest',
      'Missing required header for this request: Content-MD5 OR x-amz-checksum-*',
    );
  }
  const deleted: { Key: string }[] = [];
  const errors: { Key: string; Code: string; Message: string }[] = [];
  for (const { key, etag } of keys) {
    try {
      await remove(call, key, etag);
      deleted.push({ Key: key });
    } catch (error) {
      const { name, message } = asS3Error(error);
      errors.push({ Key: key, Code: name, Message: message });
    }
  }
  answerXml(call.response, 'DeleteResult', { Deleted: quiet ? [] : deleted, Error: errors });
}

async function remove(call: Call, key: string, etag: string | undefined): Promise<void> {
  const arn = objectArn(call.bucket, key);
  allow(call, 's3:DeleteObject', arn, { 's3:if-match': etag });
  // An ETag that fits tells what is there.
  if (etag !== undefined) allow(call, 's3:GetObject', arn);
  await call.bucket.objects.delete(key, originOf(call, 'DeleteObject'), deletePrecondition(etag));
}

function parseDelete(document: string): { keys: { key: string; etag?: string }[]; quiet: boolean } {
  const root = parseXml(document);
  if (root.name !== 'Delete') throw malformedXml();
  const keys: { key: string; etag?: string }[] = [];
  let quiet = false;
  for (const child of root.children) {
    if (child.name === 'Quiet') {
      quiet = child.text === 'true';
    } else if (child.name === 'Object') {
      const texts = childTexts(child, ['Key', 'ETag']);
      const key = texts.get('Key');
      if (!key) throw malformedXml();
      keys.push({ key, etag: texts.get('ETag') });
    } else {
      throw malformedXml();
    }
  }
  if (keys.length === 0 || keys.length > MAX_KEYS) throw malformedXml();
  return { keys, quiet };
}
