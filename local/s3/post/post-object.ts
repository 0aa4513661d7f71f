import { verifyPostPolicy } from '../../iam/sigv4.ts';
import { answerEmpty, answerXml } from '../http/answer.ts';
import { allow, type Call, objectArn, originOf, type Service, verifyOptions } from '../http/call.ts';
import { describe } from '../http/object-headers.ts';
import { keyTooLong, MAX_KEY_BYTES, type S3Request } from '../http/s3-request.ts';
import { addDigestHeaders } from '../operations/put-object.ts';
import { MAX_BODY_BYTES, tooLarge } from '../payload/body.ts';
import { createDigests, type Digests, readClaims } from '../payload/digests.ts';
import { S3Error } from '../s3-error.ts';
import type { Bucket } from '../storage/bucket.ts';
import { readForm } from './post-form.ts';
import { checkForm, parsePolicy } from './post-policy.ts';

/** A browser's upload by form: its signed policy is its permission, checked before a byte of the file is kept. */
export async function postObject(request: S3Request, bucket: Bucket, service: Service): Promise<void> {
  const { fields, filename, file } = await readForm(request.incoming);
  fields.set('bucket', bucket.name);
  // biome-ignore lint/suspicious/noTemplateCurlyInString: it is what S3 writes
  const key = (fields.get('key') ?? '').replaceAll('${filename}', () => filename);
  fields.set('key', key);
  if (!fields.has('policy')) throw new S3Error('AccessDenied', 'Access Denied');

  const signature = verifyPostPolicy(fields, verifyOptions(service));
  const policy = parsePolicy(fields.get('policy') ?? '');
  checkForm(policy, fields, service.clock());
  checkKey(key);
  const call: Call = { ...request, key, service, bucket, signature };
  allow(call, 's3:PutObject', objectArn(bucket, key), {
    's3:x-amz-server-side-encryption': fields.get('x-amz-server-side-encryption'),
    's3:x-amz-acl': fields.get('acl'),
    's3:x-amz-storage-class': fields.get('x-amz-storage-class'),
  });
  const description = describe(fields);

  const digests = createDigests(readClaims(fields));
  const blob = await bucket.blobs.write(measured(file, digests, policy.sizeBytes));
  const { md5Hex: etag, checksum } = digests.finish();
  const lastModifiedMs = service.clock();
  await bucket.objects.put(
    { key, sizeBytes: blob.sizeBytes, etag, checksum, lastModifiedMs, blobs: [blob], ...description },
    originOf(call, 'POST Object'),
    () => {},
  );
  addDigestHeaders(call.response, etag, checksum);
  answerCreated(call, fields, etag);
}

function checkKey(key: string): void {
  if (key === '')
    throw new S3Error('InvalidArgument', 'User key must have a length greater than 0.', {
      ArgumentName: 'key',
    });
  if (Buffer.byteLength(key) > MAX_KEY_BYTES) throw keyTooLong(key);
}

/** The file, as long as it keeps to the size that the policy allows. */
async function* measured(
  file: AsyncIterable<Buffer>,
  digests: Digests,
  { min, max }: { min: number; max: number },
): AsyncGenerator<Buffer> {
  const limit = Math.min(max, MAX_BODY_BYTES);
  let sizeBytes = 0;
  for await (const chunk of file) {
    sizeBytes += chunk.length;
    if (sizeBytes > limit) throw tooLarge(sizeBytes, limit);
    digests.update(chunk);
    yield chunk;
  }
  if (sizeBytes < min) {
    const details = { ProposedSize: sizeBytes, MinSizeAllowed: min };
    throw new S3Error(
      'EntityTooSmall',
      'Your proposed upload is smaller than the minimum allowed size',
      details,
    );
  }
}

/** As the form asks: a redirect, or a status of 200, 201 (with XML) or 204. */
function answerCreated(
  { key, bucket, incoming, response }: Call,
  fields: ReadonlyMap<string, string>,
  etag: string,
): void {
  const redirect = fields.get('success_action_redirect') ?? fields.get('redirect');
  const location = `http://${incoming.headers.host}/${bucket.name}/${encodeURI(key)}`;
  if (redirect !== undefined && URL.canParse(redirect)) {
    const url = new URL(redirect);
    for (const [name, value] of Object.entries({ bucket: bucket.name, key, etag: `"${etag}"` }))
      url.searchParams.set(name, value);
    response.setHeader('location', url.href);
    answerEmpty(response, 303);
    return;
  }
  response.setHeader('location', location);
  const status = fields.get('success_action_status');
  if (status === '201') {
    answerXml(
      response,
      'PostResponse',
      { Location: location, Bucket: bucket.name, Key: key, ETag: `"${etag}"` },
      201,
    );
  } else {
    answerEmpty(response, status === '200' ? 200 : 204);
  }
}
