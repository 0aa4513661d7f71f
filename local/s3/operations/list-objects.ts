import { answerEmpty, answerXml } from '../http/answer.ts';
import { allow, type Call } from '../http/call.ts';
import { compareNames, nameEncoder, pageLimit } from '../http/listing.ts';
import { S3Error } from '../s3-error.ts';
import type { StoredObject } from '../storage/objects.ts';

export async function headBucket(call: Call): Promise<void> {
  allow(call, 's3:ListBucket', call.bucket.arn);
  answerEmpty(call.response, 200);
}

/** ListObjectsV2 */
export async function listObjects(call: Call): Promise<void> {
  const { bucket, query, response } = call;
  const [prefix, delimiter] = [query.get('prefix') ?? '', query.get('delimiter') ?? ''];
  const maxKeys = pageLimit(call, 'max-keys');
  allow(call, 's3:ListBucket', bucket.arn, {
    's3:prefix': query.get('prefix'),
    's3:delimiter': query.get('delimiter'),
    's3:max-keys': query.has('max-keys') ? maxKeys : undefined,
  });
  const token = query.get('continuation-token');
  const after = token === undefined ? (query.get('start-after') ?? '') : decodeToken(token);
  const page = listPage(bucket.objects.all(), { prefix, delimiter, after, limit: maxKeys });

  const encode = nameEncoder(call);
  answerXml(response, 'ListBucketResult', {
    Name: bucket.name,
    Prefix: encode(prefix),
    Delimiter: delimiter ? encode(delimiter) : undefined,
    StartAfter: query.has('start-after') ? encode(query.get('start-after') ?? '') : undefined,
    ContinuationToken: token,
    NextContinuationToken: page.last === undefined ? undefined : encodeToken(page.last),
    EncodingType: query.get('encoding-type'),
    KeyCount: page.objects.length + page.commonPrefixes.length,
    MaxKeys: maxKeys,
    IsTruncated: page.last !== undefined,
    Contents: page.objects.map(({ key, etag, sizeBytes, lastModifiedMs }) => ({
      Key: encode(key),
      LastModified: new Date(lastModifiedMs).toISOString(),
      ETag: `"${etag}"`,
      Size: sizeBytes,
      StorageClass: 'STANDARD',
    })),
    CommonPrefixes: page.commonPrefixes.map((common) => ({ Prefix: encode(common) })),
  });
}

interface Page {
  objects: StoredObject[];
  commonPrefixes: string[];
  /** The last name on the page, if there are more. */
  last?: string;
}

/** Names in the order of their UTF-8 bytes; all that share a common prefix count as one. */
function listPage(
  objects: StoredObject[],
  { prefix, delimiter, after, limit }: { prefix: string; delimiter: string; after: string; limit: number },
): Page {
  const page: Page = { objects: [], commonPrefixes: [] };
  const sorted = objects
    .filter(({ key }) => key.startsWith(prefix))
    .sort((a, b) => compareNames(a.key, b.key));
  for (const object of sorted) {
    const cut = delimiter ? object.key.indexOf(delimiter, prefix.length) : -1;
    const name = cut < 0 ? object.key : object.key.slice(0, cut + delimiter.length);
    if (compareNames(name, after) <= 0 || (cut >= 0 && page.commonPrefixes.at(-1) === name)) continue;
    const count = page.objects.length + page.commonPrefixes.length;
    if (count === limit) {
      if (limit > 0) page.last = lastName(page);
      break;
    }
    if (cut < 0) page.objects.push(object);
    else page.commonPrefixes.push(name);
  }
  return page;
}

function lastName({ objects, commonPrefixes }: Page): string {
  return [objects.at(-1)?.key ?? '', commonPrefixes.at(-1) ?? ''].sort(compareNames)[1]!;
}

function encodeToken(name: string): string {
  return Buffer.from(name).toString('base64url');
}

function decodeToken(token: string): string {
  const name = Buffer.from(token, 'base64url').toString();
  if (name !== '' && encodeToken(name) === token) return name;
  throw new S3Error('InvalidArgument', 'The continuation token provided is incorrect', {
    ArgumentName: 'continuation-token',
  });
}
