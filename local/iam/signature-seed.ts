import { createHmac, timingSafeEqual } from 'node:crypto';
import type { Principal } from './access.ts';

export interface VerifyOptions {
  /** `s3`, `dynamodb`, `states`: what the credential's scope must name. */
  service: string;
  lookup(accessKeyId: string): Principal | undefined;
  /** The clock, in ms since the epoch. */
  nowMs: number;
}

/** What a signature was made with. */
export interface SignatureSeed {
  principal: Principal;
  /** In hex. */
  signature: string;
  /** `20260131T235959Z` */
  timestamp: string;
  /** `20260131/us-east-1/s3/aws4_request` */
  scope: string;
  signingKey: Buffer;
}

export const ALGORITHM = 'AWS4-HMAC-SHA256';

/** `name` is S3's error code: SignatureDoesNotMatch, InvalidAccessKeyId, RequestTimeTooSkewed, AccessDenied, … */
export class SignatureError extends Error {
  override readonly name: string;

  constructor(code: string, message: string) {
    super(message);
    this.name = code;
  }
}

/** `credential` is `<access key>/<day>/<region>/<service>/aws4_request`. */
export function seedOf(
  credential: string,
  timestamp: string,
  signature: string,
  options: VerifyOptions,
): SignatureSeed {
  const [accessKeyId = '', day = '', region = '', service, terminator, ...rest] = credential.split('/');
  const scope = `${day}/${region}/${service}/${terminator}`;
  if (
    day !== timestamp.slice(0, 8) ||
    service !== options.service ||
    terminator !== 'aws4_request' ||
    rest[0]
  ) {
    const message = `The credential's scope should be "<date of the request>/<region>/${options.service}/aws4_request".`;
    throw new SignatureError('AuthorizationHeaderMalformed', message);
  }
  const principal = options.lookup(accessKeyId);
  if (!principal) {
    const message = 'The AWS Access Key Id you provided does not exist in our records.';
    throw new SignatureError('InvalidAccessKeyId', message);
  }
  const signingKey = [day, region, service, terminator].reduce<string | Buffer>(
    (key, part) => hmac(key, part),
    `AWS4${principal.secretAccessKey}`,
  ) as Buffer;
  return { principal, signature, timestamp, scope, signingKey };
}

/** Compares in constant time; throws SignatureDoesNotMatch. */
export function checkSignature(given: string, expected: string): void {
  const [a, b] = [Buffer.from(given), Buffer.from(expected)];
  if (a.length === b.length && timingSafeEqual(a, b)) return;
  throw new SignatureError(
    'SignatureDoesNotMatch',
    'The request signature we calculated does not match the signature you provided. Check your key and signing method.',
  );
}

export function hmac(key: string | Buffer, text: string): Buffer {
  return createHmac('sha256', key).update(text).digest();
}

/** `20260131T235959Z` in ms since the epoch. */
export function parseTimestamp(text: string): number | undefined {
  const match = /^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/.exec(text);
  if (!match) return undefined;
  const [year, month, day, hour, minute, second] = match.slice(1).map(Number) as number[];
  return Date.UTC(year!, month! - 1, day, hour, minute, second);
}
