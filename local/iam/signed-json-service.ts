import { randomUUID } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';
import type { LocalService } from '../types.ts';
import { type Access, AccessDenied, type Principal } from './access.ts';
import { SignatureError, verifyHeaders } from './sigv4.ts';

/** An error of the service's own, as its clients know it; `name` is its code (`ResourceNotFoundException`). */
export class ServiceError extends Error {
  override readonly name: string;
  /** Further fields of the answer, such as the `Item` of a failed condition. */
  readonly fields: Record<string, unknown>;

  constructor(code: string, message: string, fields: Record<string, unknown> = {}) {
    super(message);
    this.name = code;
    this.fields = fields;
  }
}

export interface SignedJsonServiceSettings {
  /** `dynamodb`, `states`: what the signature's scope must name. */
  service: string;
  /** What stands before the operation in X-Amz-Target: `DynamoDB_20120810`. */
  target: string;
  /** 0 takes any free port. */
  port: number;
  access: Access;
  /** Authorizes and carries out one operation; throws ServiceError or AccessDenied. */
  perform(principal: Principal, operation: string, body: Record<string, unknown>): Promise<unknown>;
}

/** Serves the AWS JSON 1.0 protocol on 127.0.0.1; requests that are not signed rightly never reach `perform`. */
export async function startSignedJsonService(settings: SignedJsonServiceSettings): Promise<LocalService> {
  const server = createServer((request, response) => void answer(settings, request, response));
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject).listen(settings.port, '127.0.0.1', resolve);
  });
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    stop: () =>
      new Promise((resolve, reject) => {
        server.close((error) => (error ? reject(error) : resolve()));
        server.closeAllConnections();
      }),
  };
}

async function answer(
  settings: SignedJsonServiceSettings,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  try {
    const body = await buffer(request);
    const principal = verify(settings, request, body);
    const [target, operation = ''] = String(request.headers['x-amz-target']).split('.');
    if (target !== settings.target)
      throw new ServiceError('UnknownOperationException', `Unknown target: ${target}`);
    send(response, 200, await settings.perform(principal, operation, parse(body)));
  } catch (error) {
    if (request.destroyed && !request.complete) return; // the client hung up: nobody is there to be told
    sendError(settings, response, error as Error);
  }
}

function verify(
  { service, access }: SignedJsonServiceSettings,
  request: IncomingMessage,
  body: Buffer,
): Principal {
  const [path = '/', query = ''] = (request.url ?? '/').split('?', 2);
  const signed = { method: request.method ?? 'POST', path, query, headers: request.headers, body };
  const lookup = (accessKeyId: string) => access.principalOf(accessKeyId);
  return verifyHeaders(signed, { service, lookup, nowMs: Date.now() }).principal;
}

function parse(body: Buffer): Record<string, unknown> {
  try {
    const value: unknown = JSON.parse(body.toString() || '{}');
    if (typeof value === 'object' && value !== null && !Array.isArray(value))
      return value as Record<string, unknown>;
  } catch {
    // Not JSON at all: refused below, in the same words.
  }
  throw new ServiceError('SerializationException', 'The body is no JSON object.');
}

function sendError({ service }: SignedJsonServiceSettings, response: ServerResponse, error: Error): void {
  if (error instanceof ServiceError) {
    send(response, 400, { __type: error.name, message: error.message, ...error.fields });
  } else if (error instanceof AccessDenied) {
    send(response, 400, { __type: 'AccessDeniedException', message: error.message });
  } else if (error instanceof SignatureError) {
    send(response, 400, { __type: jsonCode(error.name), message: error.message });
  } else {
    console.error(`${service}:`, error);
    send(response, 500, {
      __type: 'InternalServerError',
      message: 'Internal error; the log of the local cloud has more.',
    });
  }
}

/** Services that speak JSON name the failures of signatures otherwise than S3 does. */
function jsonCode(code: string): string {
  switch (code) {
    case 'InvalidAccessKeyId':
      return 'UnrecognizedClientException';
    case 'AuthorizationHeaderMalformed':
      return 'IncompleteSignatureException';
    case 'AccessDenied':
      return 'MissingAuthenticationTokenException';
    default:
      return 'InvalidSignatureException';
  }
}

function send(response: ServerResponse, status: number, body: unknown): void {
  const text = JSON.stringify(body ?? {});
  response
    .writeHead(status, {
      'content-type': 'application/x-amz-json-1.0',
      'content-length': Buffer.byteLength(text),
      'x-amzn-requestid': randomUUID(),
    })
    .end(text);
}
