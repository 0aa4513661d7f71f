import { randomBytes } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { queryPairs } from '../../iam/canonical-request.ts';
import { S3Error } from '../s3-error.ts';

export const MAX_KEY_BYTES = 1024;

/** A request as S3 reads it: path-style, so that the bucket is the first segment of the path. */
export interface S3Request {
  id: string;
  method: string;
  /** Empty for the service itself. */
  bucketName: string;
  /** Empty for the bucket itself. */
  key: string;
  /** Decoded. */
  query: ReadonlyMap<string, string>;
  /** As sent, for the signature. */
  rawPath: string;
  rawQuery: string;
  incoming: IncomingMessage;
  response: ServerResponse;
}

export function requestId(): string {
  return randomBytes(8).toString('hex').toUpperCase();
}

/** Throws InvalidURI, KeyTooLongError. */
export function parseRequest(id: string, incoming: IncomingMessage, response: ServerResponse): S3Request {
  const [rawPath = '', rawQuery = ''] = (incoming.url ?? '').split(/\?(.*)/s);
  try {
    const [, bucketName = '', key = ''] = /^\/([^/]*)\/?(.*)$/s.exec(decodeURIComponent(rawPath)) ?? [];
    const query = new Map(queryPairs(rawQuery));
    if (Buffer.byteLength(key) > MAX_KEY_BYTES) throw keyTooLong(key);
    return {
      id,
      method: incoming.method ?? '',
      bucketName,
      key,
      query,
      rawPath,
      rawQuery,
      incoming,
      response,
    };
  } catch (error) {
    if (error instanceof URIError) throw new S3Error('InvalidURI', "Couldn't parse the specified URI.");
    throw error;
  }
}

export function keyTooLong(key: string): S3Error {
  const details = { Size: Buffer.byteLength(key), MaxSizeAllowed: MAX_KEY_BYTES };
  return new S3Error('KeyTooLongError', 'Your key is too long', details);
}

/** The header as text: Node reads the bytes as Latin-1, S3 as UTF-8. */
export function headerText(request: S3Request, name: string): string | undefined {
  const [value] = [request.incoming.headers[name]].flat();
  return value === undefined ? undefined : Buffer.from(value, 'latin1').toString('utf8');
}

/** All headers as text, by their lowercase names. */
export function headerMap(request: S3Request): Map<string, string> {
  const names = Object.keys(request.incoming.headers);
  return new Map(names.map((name) => [name, headerText(request, name) ?? '']));
}

/** The query parameter as a whole number in the range. Throws InvalidArgument. */
export function integerParameter(
  request: S3Request,
  name: string,
  { min, max, fallback }: { min: number; max: number; fallback?: number },
): number {
  const text = request.query.get(name) || fallback?.toString();
  const value = /^\d{1,10}$/.test(text ?? '') ? Number(text) : Number.NaN;
  if (value >= min && value <= max) return value;
  const message = `${name} must be an integer between ${min} and ${max}, inclusive`;
  throw new S3Error('InvalidArgument', message, { ArgumentName: name, ArgumentValue: text ?? '' });
}
