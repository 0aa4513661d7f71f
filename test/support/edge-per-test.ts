import { once } from 'node:events';
import { createServer, type IncomingMessage, type RequestListener, request, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { afterEach } from '@jest/globals';
import type { Behavior } from '../../local/edge/distribution.ts';
import { createEdge } from '../../local/edge/edge.ts';
import { type Front, listen } from '../../local/listen.ts';

const api: Behavior = {
  pathPattern: '/api/*',
  allowedMethods: ['GET', 'HEAD', 'POST'],
  origin: { kind: 'api' },
  forwarding: { query: true, headers: 'all but host' },
  headers: [
    { name: 'x-frame-options', value: 'DENY', override: true },
    { name: 'x-told', value: 'by the policy', override: false },
  ],
};
const files: Behavior = {
  ...api,
  pathPattern: '*',
  allowedMethods: ['GET', 'HEAD'],
  origin: { kind: 'bucket', bucketName: 'page' },
  forwarding: { query: false, headers: 'conditions and ranges' },
};

/** Answers how to start an edge before a server that stands for both origins; both end with the test. */
export function edgePerTest() {
  let front: Front | undefined;
  let origin: Server | undefined;
  afterEach(async () => {
    await front?.stop();
    origin?.closeAllConnections();
    origin?.close();
  });

  /** `signed` are the objects asked for. */
  return async (listener: RequestListener, viewerRequest?: string) => {
    origin = createServer(listener).listen(0, '127.0.0.1');
    await once(origin, 'listening');
    const url = `http://127.0.0.1:${(origin.address() as AddressInfo).port}`;
    const logs: string[] = [];
    const signed: string[] = [];
    front = await listen(0);
    front.serve(
      createEdge({
        distribution: {
          id: 'E1',
          arn: 'arn:aws:cloudfront::000000000000:distribution/E1',
          domainName: 'd1.cloudfront.net',
          rootObject: 'index.html',
          behaviors: [{ ...api, viewerRequest }, files],
        },
        apiUrl: url,
        s3Url: url,
        async signObject(bucketName, key, method) {
          signed.push(`${method} ${bucketName} ${key}`);
          return `/page/${encodeURI(key)}?signed`;
        },
        log: (line) => logs.push(line),
      }),
    );
    return { url: front.url, logs, signed };
  };
}

/** A server that always gives this answer. */
export const answering =
  ({ status = 200, headers = {} as Record<string, string>, body = '' } = {}): RequestListener =>
  (_incoming, response) =>
    response.writeHead(status, headers).end(body);

/** As `fetch`, but paths and headers go out as they are. */
export async function ask(url: string, path: string, options: object = {}) {
  const outgoing = request(url, { path, ...options }).end();
  const [response] = (await once(outgoing, 'response')) as [IncomingMessage];
  return { status: response.statusCode, headers: response.headers, body: await text(response) };
}
