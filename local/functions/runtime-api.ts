import { randomUUID } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';

/** One invocation, as the Runtime API hands it to a function. */
export interface Invocation {
  requestId: string;
  functionArn: string;
  /** Milliseconds since the epoch. */
  deadlineMs: number;
  payload: string;
}

/** What a child tells, each at most once an invocation. */
export interface RuntimeListener {
  /** Resolves with the next invocation; the child waits for it. */
  next(): Promise<Invocation>;
  responded(requestId: string, body: string): void;
  failed(requestId: string, body: string): void;
  initFailed(body: string): void;
}

export interface RuntimeApi {
  /** Opens an endpoint for one child; answers what AWS_LAMBDA_RUNTIME_API says there. */
  open(listener: RuntimeListener): { endpoint: string; close(): void };
  stop(): Promise<void>;
}

/**
 * The Lambda Runtime API for all children, on one port. Each has a secret path of its own, so that no function can
 * answer for another. https://docs.aws.amazon.com/lambda/latest/dg/runtimes-api.html
 */
export async function startRuntimeApi(): Promise<RuntimeApi> {
  const listeners = new Map<string, RuntimeListener>();
  const server = createServer((request, response) => {
    const [, id = '', path = ''] = /^\/([^/]+)\/2018-06-01\/runtime\/(.+)$/.exec(request.url ?? '') ?? [];
    const listener = listeners.get(id);
    if (!listener) return void response.writeHead(404).end();
    answer(listener, path, request, response).catch(() => response.destroy());
  });
  server.requestTimeout = 0;
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject).listen(0, '127.0.0.1', resolve);
  });
  const { port } = server.address() as AddressInfo;

  return {
    open(listener) {
      const id = randomUUID();
      listeners.set(id, listener);
      return { endpoint: `127.0.0.1:${port}/${id}`, close: () => listeners.delete(id) };
    },
    stop() {
      server.closeAllConnections();
      return new Promise((resolve) => server.close(() => resolve()));
    },
  };
}

async function answer(
  listener: RuntimeListener,
  path: string,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  if (path === 'invocation/next') {
    const { requestId, functionArn, deadlineMs, payload } = await listener.next();
    response.writeHead(200, {
      'content-type': 'application/json',
      'lambda-runtime-aws-request-id': requestId,
      'lambda-runtime-deadline-ms': String(deadlineMs),
      'lambda-runtime-invoked-function-arn': functionArn,
    });
    return void response.end(payload);
  }

  const body = (await buffer(request)).toString();
  const [, requestId = '', verb] = /^invocation\/([^/]+)\/(response|error)$/.exec(path) ?? [];
  if (path === 'init/error') listener.initFailed(body);
  else if (verb === 'response') listener.responded(requestId, body);
  else if (verb === 'error') listener.failed(requestId, body);
  else return void response.writeHead(404).end();
  response.writeHead(202).end('{}');
}
