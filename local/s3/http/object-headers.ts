import { S3Error } from '../s3-error.ts';
import type { Description, StoredObject } from '../storage/objects.ts';

const kept = [
  'content-type',
  'cache-control',
  'content-disposition',
  'content-encoding',
  'content-language',
  'expires',
];
const METADATA_PREFIX = 'x-amz-meta-';
const MAX_METADATA_BYTES = 2048;

/** Headers that ask for what is not done here: better refused than silently forgotten. The values listed ask for nothing more. */
const unsupported: Record<string, string[]> = {
  acl: ['bucket-owner-full-control', 'private'],
  tagging: [''],
  'x-amz-acl': ['bucket-owner-full-control', 'private'],
  'x-amz-storage-class': ['STANDARD'],
  'x-amz-server-side-encryption': ['AES256'],
  'x-amz-server-side-encryption-customer-algorithm': [],
  'x-amz-object-lock-mode': [],
  'x-amz-object-lock-legal-hold': ['OFF'],
  'x-amz-tagging': [''],
  'x-amz-website-redirect-location': [],
};

/** From the headers of a PUT or the fields of a form, by lowercase names. Throws NotImplemented, MetadataTooLarge. */
export function describe(fields: ReadonlyMap<string, string>): Description {
  for (const [header, harmless] of Object.entries(unsupported)) {
    const value = fields.get(header);
    if (value !== undefined && !harmless.includes(value)) throw notImplementedHeader(header);
  }
  const headers: Description['headers'] = {};
  const metadata: Description['metadata'] = {};
  for (const [name, value] of fields) {
    if (kept.includes(name)) headers[name] = checkText(name, value);
    if (name.startsWith(METADATA_PREFIX))
      metadata[checkName(name).slice(METADATA_PREFIX.length)] = checkText(name, value);
  }
  // How the body was sent is no property of the object.
  const encoding = headers['content-encoding']?.replace(/\baws-chunked\b,?\s*/, '').replace(/,\s*$/, '');
  if (encoding) headers['content-encoding'] = encoding;
  else delete headers['content-encoding'];

  const sizeBytes = Object.entries(metadata).reduce(
    (sum, [name, value]) => sum + Buffer.byteLength(name + value),
    0,
  );
  if (sizeBytes > MAX_METADATA_BYTES) {
    const message = 'Your metadata headers exceed the maximum allowed metadata size';
    throw new S3Error('MetadataTooLarge', message, { Size: sizeBytes, MaxSizeAllowed: MAX_METADATA_BYTES });
  }
  return { headers, metadata };
}

/** The headers of an answer to GET and HEAD but those of its length. `overrides` are the `response-…` parameters. */
export function objectHeaders(
  object: StoredObject,
  overrides: ReadonlyMap<string, string>,
): Record<string, string> {
  const headers: Record<string, string> = {
    'content-type': 'binary/octet-stream',
    ...object.headers,
    'accept-ranges': 'bytes',
    etag: `"${object.etag}"`,
    'last-modified': new Date(object.lastModifiedMs).toUTCString(),
  };
  for (const name of kept) {
    const override = overrides.get(`response-${name}`);
    if (override !== undefined) headers[name] = checkText(`response-${name}`, override);
  }
  for (const [name, value] of Object.entries(object.metadata))
    headers[METADATA_PREFIX + name] = encodeWords(value);
  return Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, utf8Bytes(value)]));
}

/** Whether the request overrides headers of the answer. */
export const overrideNames = kept.map((name) => `response-${name}`);

export function notImplementedHeader(header: string): S3Error {
  const message = 'A header you provided implies functionality that is not implemented';
  return new S3Error('NotImplemented', message, { Header: header });
}

/** A form may name its fields anything; a header may not. */
function checkName(name: string): string {
  if (/^[\w!#$%&'*+.^`|~-]+$/.test(name)) return name;
  throw new S3Error('InvalidArgument', 'The name of a metadata field is not valid.', { ArgumentName: name });
}

/** Control characters would let a value end its header and begin another. */
function checkText(name: string, value: string): string {
  if (!/[^\P{Cc}\t]/u.test(value)) return value;
  throw new S3Error('InvalidArgument', 'Header values must not contain control characters.', {
    ArgumentName: name,
  });
}

/** As S3 answers metadata that is not ASCII: RFC 2047. */
function encodeWords(value: string): string {
  return /^[\x20-\x7e\t]*$/.test(value) ? value : `=?UTF-8?B?${Buffer.from(value).toString('base64')}?=`;
}

/** Node writes headers as Latin-1. */
function utf8Bytes(text: string): string {
  return Buffer.from(text, 'utf8').toString('latin1');
}
