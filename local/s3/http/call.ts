import type { Access } from '../../iam/access.ts';
import { type Signature, type VerifyOptions, verifyHeaders, verifyPresigned } from '../../iam/sigv4.ts';
import type { Bucket } from '../storage/bucket.ts';
import type { Origin } from '../storage/objects.ts';
import type { S3Request } from './s3-request.ts';

/** What the server has for every request. */
export interface Service {
  access: Access;
  buckets: ReadonlyMap<string, Bucket>;
  clock(): number;
}

/** A request whose sender is known: what the operations work on. */
export interface Call extends S3Request {
  service: Service;
  bucket: Bucket;
  signature: Signature;
}

export type ContextValue = string | number | boolean | undefined;

/** Throws AccessDenied for a request that is not signed, and whatever sigv4.ts finds wrong. */
export function authenticate(request: S3Request, service: Service): Signature {
  const verify =
    request.query.has('X-Amz-Signature') || request.query.has('X-Amz-Algorithm')
      ? verifyPresigned
      : verifyHeaders;
  const { method, rawPath, rawQuery, incoming } = request;
  return verify(
    { method, path: rawPath, query: rawQuery, headers: incoming.headers },
    verifyOptions(service),
  );
}

export function verifyOptions({ access, clock }: Service): VerifyOptions {
  return { service: 's3', nowMs: clock(), lookup: (accessKeyId) => access.principalOf(accessKeyId) };
}

/** Throws AccessDenied. `resource` is an ARN; further condition keys go into `context`. */
export function allow(
  call: Call,
  action: string,
  resource: string,
  context: Record<string, ContextValue> = {},
): void {
  const { principal, authType, ageMs } = call.signature;
  const known = Object.entries(context).filter(([, value]) => value !== undefined) as [
    string,
    string | number | boolean,
  ][];
  call.service.access.authorize(principal, {
    action,
    resource,
    context: {
      // Loopback stands for TLS: nobody else can listen.
      'aws:SecureTransport': true,
      'aws:SourceIp': sourceIp(call),
      's3:authType': authType,
      's3:signatureAge': ageMs,
      ...Object.fromEntries(known),
    },
  });
}

export function objectArn(bucket: Bucket, key: string): string {
  return `${bucket.arn}/${key}`;
}

export function originOf(call: Call, reason: Origin['reason']): Origin {
  return { reason, requestId: call.id, sourceIp: sourceIp(call) };
}

function sourceIp({ incoming }: S3Request): string {
  return incoming.socket.remoteAddress ?? '127.0.0.1';
}
