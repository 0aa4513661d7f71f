import type { Principal } from './access.ts';
import { canonicalRequest, queryPairs, type SignedRequest, sha256Hex } from './canonical-request.ts';

import {
  ALGORITHM,
  checkSignature,
  hmac,
  parseTimestamp,
  SignatureError,
  type SignatureSeed,
  seedOf,
  type VerifyOptions,
} from './signature-seed.ts';

export type { SignedRequest } from './canonical-request.ts';
export { SignatureError, type SignatureSeed, type VerifyOptions } from './signature-seed.ts';

/** Who signed, and what else the signature says. */
export interface Signature {
  principal: Principal;
  /** The condition key `s3:authType`. */
  authType: 'REST-HEADER' | 'REST-QUERY-STRING' | 'POST';
  /** The condition key `s3:signatureAge`. */
  ageMs: number;
  /** What was signed for the body: its SHA-256 in hex, `UNSIGNED-PAYLOAD` or `STREAMING-…`. The caller holds the body to it. */
  payloadHash: string;
  /** For what is signed on the way, one chunk after another: continues from this signature. */
  seed: SignatureSeed;
}

const MAX_SKEW_MS = 15 * 60_000;
const MAX_EXPIRES_SECONDS = 7 * 24 * 3600;
const QUERY_NAMES = ['Algorithm', 'Credential', 'Signature', 'Date', 'SignedHeaders', 'Expires'] as const;

/**
 * Checks the `Authorization` header. Give `body` where it is small and at hand: it is hashed then. Without it the
 * hash is the one that `x-amz-content-sha256` claims, and holding the body to it is up to the caller.
 */
export function verifyHeaders(
  request: SignedRequest & { body?: string | Uint8Array },
  options: VerifyOptions,
): Signature {
  const { headers } = request;
  const { credential, signedHeaders, signature } = parseAuthorization(headers.authorization);
  const payloadHash =
    request.body === undefined ? header(request, 'x-amz-content-sha256') : sha256Hex(request.body);
  if (payloadHash === undefined) {
    throw new SignatureError(
      'InvalidRequest',
      'Missing required header for this request: x-amz-content-sha256',
    );
  }
  const timestamp = header(request, 'x-amz-date') ?? '';
  const signedAtMs = parseTimestamp(timestamp);
  if (signedAtMs === undefined) {
    throw new SignatureError('AccessDenied', 'AWS authentication requires a valid Date or x-amz-date header');
  }
  const seed = seedOf(credential, timestamp, signature, options);
  checkRequest(request, signedHeaders, payloadHash, seed, options);
  const ageMs = options.nowMs - signedAtMs;
  if (Math.abs(ageMs) > MAX_SKEW_MS) {
    const message = 'The difference between the request time and the current time is too large.';
    throw new SignatureError('RequestTimeTooSkewed', message);
  }
  return { principal: seed.principal, authType: 'REST-HEADER', ageMs, payloadHash, seed };
}

/** Checks a presigned URL: its signature, every header it signs, and its expiry. */
export function verifyPresigned(request: SignedRequest, options: VerifyOptions): Signature {
  const query = new Map(queryPairs(request.query));
  if (QUERY_NAMES.some((name) => !query.get(`X-Amz-${name}`))) {
    throw new SignatureError(
      'AuthorizationQueryParametersError',
      'Query-string authentication version 4 requires the X-Amz-Algorithm, X-Amz-Credential, X-Amz-Signature, X-Amz-Date, X-Amz-SignedHeaders, and X-Amz-Expires parameters.',
    );
  }
  const parameter = (name: (typeof QUERY_NAMES)[number]) => query.get(`X-Amz-${name}`) ?? '';
  const signedAtMs = parseTimestamp(parameter('Date'));
  const expiresSeconds = /^\d+$/.test(parameter('Expires')) ? Number(parameter('Expires')) : Number.NaN;
  const malformed =
    (parameter('Algorithm') !== ALGORITHM && `X-Amz-Algorithm only supports "${ALGORITHM}"`) ||
    (Number.isNaN(expiresSeconds) && 'X-Amz-Expires should be a number') ||
    (expiresSeconds > MAX_EXPIRES_SECONDS &&
      'X-Amz-Expires must be less than a week (in seconds); that is, the given X-Amz-Expires must be less than 604800 seconds');
  if (malformed || signedAtMs === undefined) {
    const message = malformed || "X-Amz-Date must be in the ISO8601 Long Format \"yyyyMMdd'T'HHmmss'Z'\"";
    throw new SignatureError('AuthorizationQueryParametersError', message);
  }
  const payloadHash = header(request, 'x-amz-content-sha256') ?? 'UNSIGNED-PAYLOAD';
  const seed = seedOf(parameter('Credential'), parameter('Date'), parameter('Signature'), options);
  const ageMs = options.nowMs - signedAtMs;
  if (ageMs < -MAX_SKEW_MS) throw new SignatureError('AccessDenied', 'Request is not yet valid');
  if (ageMs > expiresSeconds * 1000) throw new SignatureError('AccessDenied', 'Request has expired');
  checkRequest(request, parameter('SignedHeaders').split(';'), payloadHash, seed, options);
  return { principal: seed.principal, authType: 'REST-QUERY-STRING', ageMs, payloadHash, seed };
}

/** Checks the signature of a POST form's policy. Whether the form keeps to the policy is another question. */
export function verifyPostPolicy(fields: ReadonlyMap<string, string>, options: VerifyOptions): Signature {
  const field = (name: string) => {
    const value = fields.get(name.toLowerCase());
    if (value !== undefined) return value;
    const message = `Bucket POST must contain a field named '${name}'.  If it is specified, please check the order of the fields.`;
    throw new SignatureError('InvalidArgument', message);
  };
  if (field('X-Amz-Algorithm') !== ALGORITHM) {
    throw new SignatureError('InvalidArgument', `X-Amz-Algorithm only supports "${ALGORITHM}"`);
  }
  const timestamp = field('X-Amz-Date');
  const signedAtMs = parseTimestamp(timestamp);
  if (signedAtMs === undefined) {
    throw new SignatureError('InvalidArgument', 'X-Amz-Date must be formated via ISO8601 Long format');
  }
  const seed = seedOf(field('X-Amz-Credential'), timestamp, field('X-Amz-Signature'), options);
  checkSignature(seed.signature, hmac(seed.signingKey, field('policy')).toString('hex'));
  const ageMs = options.nowMs - signedAtMs;
  return { principal: seed.principal, authType: 'POST', ageMs, payloadHash: 'UNSIGNED-PAYLOAD', seed };
}

function parseAuthorization(value: string | undefined) {
  const match =
    /^AWS4-HMAC-SHA256\s+Credential=([^,\s]+),\s*SignedHeaders=([^,\s]+),\s*Signature=([^,\s]+)$/.exec(
      value ?? '',
    );
  if (match) return { credential: match[1]!, signedHeaders: match[2]!.split(';'), signature: match[3]! };
  if (value === undefined) throw new SignatureError('AccessDenied', 'Access Denied');
  if (value.startsWith(ALGORITHM)) {
    throw new SignatureError('AuthorizationHeaderMalformed', 'The authorization header is malformed.');
  }
  const message = `The authorization mechanism you have provided is not supported. Please use ${ALGORITHM}.`;
  throw new SignatureError('InvalidRequest', message);
}

function checkRequest(
  request: SignedRequest,
  signedHeaders: string[],
  payloadHash: string,
  seed: SignatureSeed,
  { service }: VerifyOptions,
): void {
  const mustBeSigned = Object.keys(request.headers).filter(
    (name) => name === 'host' || name.startsWith('x-amz-'),
  );
  if (!signedHeaders.every((name) => Object.hasOwn(request.headers, name))) {
    throw new SignatureError(
      'AccessDenied',
      'There were headers signed which are not present in the request',
    );
  }
  if (mustBeSigned.some((name) => !signedHeaders.includes(name))) {
    const message = 'There were headers present in the request which were not signed';
    throw new SignatureError('AccessDenied', message);
  }
  const canonical = canonicalRequest(request, signedHeaders, payloadHash, service);
  const toSign = [ALGORITHM, seed.timestamp, seed.scope, sha256Hex(canonical)].join('\n');
  checkSignature(seed.signature, hmac(seed.signingKey, toSign).toString('hex'));
}

function header({ headers }: SignedRequest, name: string): string | undefined {
  return [headers[name]].flat()[0];
}
