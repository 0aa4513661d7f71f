import { once } from 'node:events';
import http, { type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';

export type Fault = 'reset' | 'error' | 'slow-down' | 'forbidden';

export interface StorageProxy {
  /** The same API, but the addresses it signs lead through the proxy. */
  apiUrl: string;
  /** Part numbers in the order in which the storage took them. */
  finishedParts: number[];
  /** Sent although the storage had them. */
  sentTwice: number[];
  faults: Fault[];
  stop(): void;
}

interface Wishes {
  /** Asked for each request to the storage. */
  faultOf?: () => Fault | undefined | Promise<undefined>;
  /** Called with all bytes that went to the storage so far. */
  onBytes?: (bytes: number) => void;
}

/** Stands between a client and the storage, counts the parts that go up, and breaks what it is told to break. */
export async function storageProxy(
  cloud: { apiUrl: string; s3Url: string },
  { faultOf = () => undefined, onBytes }: Wishes = {},
): Promise<StorageProxy> {
  const finishedParts: number[] = [];
  const sentTwice: number[] = [];
  const faults: Fault[] = [];
  let sentBytes = 0;

  const storage = await listening(async (request, response) => {
    const part = Number(new URL(request.url!, cloud.s3Url).searchParams.get('partNumber'));
    if (part && finishedParts.includes(part)) sentTwice.push(part);

    const fault = await faultOf();
    if (fault) {
      faults.push(fault);
      return breakOff(fault, request, response);
    }
    request.on('data', (chunk: Buffer) => {
      sentBytes += chunk.length;
      onBytes?.(sentBytes);
    });
    pass(cloud.s3Url, request, response, (status) => {
      if (part && status === 200) finishedParts.push(part);
    });
  });
  const api = await listening(async (request, response) => {
    const answer = await forwarded(cloud.apiUrl, request);
    const body = (await text(answer)).replaceAll(cloud.s3Url, storage.url);
    const { 'transfer-encoding': _, ...headers } = answer.headers;
    response
      .writeHead(answer.statusCode!, { ...headers, 'content-length': Buffer.byteLength(body) })
      .end(body);
  });

  return {
    apiUrl: api.url,
    finishedParts,
    sentTwice,
    faults,
    stop() {
      api.stop();
      storage.stop();
    },
  };
}

async function listening(handle: (request: IncomingMessage, response: ServerResponse) => unknown) {
  const server = http.createServer(handle).listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    stop() {
      server.close();
      server.closeAllConnections();
    },
  };
}

function toTarget(targetUrl: string, request: IncomingMessage) {
  // The host is part of what was signed.
  const headers = { ...request.headers, host: new URL(targetUrl).host };
  return http.request(new URL(request.url!, targetUrl), { method: request.method, headers });
}

async function forwarded(targetUrl: string, request: IncomingMessage): Promise<IncomingMessage> {
  const passed = toTarget(targetUrl, request);
  request.pipe(passed);
  return ((await once(passed, 'response')) as [IncomingMessage])[0];
}

function pass(
  targetUrl: string,
  request: IncomingMessage,
  response: ServerResponse,
  onStatus: (status: number) => void,
): void {
  const passed = toTarget(targetUrl, request);
  passed.on('error', () => response.destroy());
  passed.on('response', (answer) => {
    onStatus(answer.statusCode!);
    response.writeHead(answer.statusCode!, answer.headers);
    answer.pipe(response);
  });
  // A client that was killed: the storage must see its connection break, too.
  request.on('close', () => request.complete || passed.destroy());
  request.pipe(passed);
}

const refusals = {
  error: [500, 'InternalError'],
  'slow-down': [503, 'SlowDown'],
  forbidden: [403, 'AccessDenied'],
} as const;

function breakOff(fault: Fault, request: IncomingMessage, response: ServerResponse): void {
  if (fault === 'reset') {
    request.once('data', () => request.socket.resetAndDestroy());
    return;
  }
  const [status, code] = refusals[fault];
  request.resume().on('end', () => {
    response.writeHead(status).end(`<Error><Code>${code}</Code><Message>Made up.</Message></Error>`);
  });
}
