import { createHash } from 'node:crypto';
import type { IncomingHttpHeaders } from 'node:http';

/** What was sent, as it was sent: nothing decoded, since what was signed are these very characters. */
export interface SignedRequest {
  method: string;
  /** `/bucket/a%20key` */
  path: string;
  /** `list-type=2&prefix=a%2F`, without the question mark. */
  query: string;
  headers: IncomingHttpHeaders;
}

/** `encodeURIComponent`, and the four characters that it leaves but AWS does not. */
export function awsEncode(text: string): string {
  return encodeURIComponent(text).replace(
    /[!'()*]/g,
    (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`,
  );
}

/** Name and value of each query parameter, decoded, in the order sent. Throws URIError. */
export function queryPairs(query: string): [string, string][] {
  return query
    .split('&')
    .filter((pair) => pair !== '')
    .map((pair) => {
      const split = pair.indexOf('=');
      const [name, value] = split < 0 ? [pair, ''] : [pair.slice(0, split), pair.slice(split + 1)];
      return [decode(name), decode(value)];
    });
}

/**
 * The text whose hash is signed (Signature Version 4, "Create a canonical request").
 * S3 encodes the path once, every other service twice.
 */
export function canonicalRequest(
  request: SignedRequest,
  signedHeaders: string[],
  payloadHash: string,
  service: string,
): string {
  const path = service === 's3' ? decodeURIComponent(request.path) : request.path;
  return [
    request.method,
    path.split('/').map(awsEncode).join('/'),
    canonicalQuery(request.query),
    ...signedHeaders.map((name) => `${name}:${headerValue(request.headers[name])}`),
    '',
    signedHeaders.join(';'),
    payloadHash,
  ].join('\n');
}

export function sha256Hex(content: string | Uint8Array): string {
  return createHash('sha256').update(content).digest('hex');
}

function canonicalQuery(query: string): string {
  return queryPairs(query)
    .filter(([name]) => name !== 'X-Amz-Signature')
    .map(([name, value]) => `${awsEncode(name)}=${awsEncode(value)}`)
    .sort(byCodeUnit)
    .join('&');
}

/** By name, then value; `=` must sort before every character of a name, so it is compared as the lowest. */
function byCodeUnit(left: string, right: string): number {
  const [a, b] = [left.replace('=', '\0'), right.replace('=', '\0')];
  return a < b ? -1 : a > b ? 1 : 0;
}

function headerValue(value: string | string[] | undefined): string {
  return [value ?? '']
    .flat()
    .map((one) => one.trim().replace(/ +/g, ' '))
    .join(',');
}

function decode(text: string): string {
  return decodeURIComponent(text.replaceAll('+', ' '));
}
