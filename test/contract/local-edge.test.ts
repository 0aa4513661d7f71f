import { once } from 'node:events';
import { createServer, type IncomingMessage, type RequestListener, request, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { afterEach, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
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

let front: Front | undefined;
let origin: Server | undefined;
afterEach(async () => {
  await front?.stop();
  origin?.closeAllConnections();
  origin?.close();
});

const answering =
  ({ status = 200, headers = {} as Record<string, string>, body = '' } = {}): RequestListener =>
  (_incoming, response) =>
    response.writeHead(status, headers).end(body);

/** An edge before a server that stands for both origins; `signed` are the objects asked for. */
async function anEdge(listener: RequestListener, viewerRequest?: string) {
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
}

/** As `fetch`, but paths and headers go out as they are. */
async function ask(url: string, path: string, options: object = {}) {
  const outgoing = request(url, { path, ...options }).end();
  const [response] = (await once(outgoing, 'response')) as [IncomingMessage];
  return { status: response.statusCode, headers: response.headers, body: await text(response) };
}

describe('the edge before an API', () => {
  it('passes method, path, query, body and headers on as they are, with a Host of the API', async () => {
    const seen: unknown[] = [];
    const { url } = await anEdge((incoming, response) => {
      const { authorization, host, 'x-own': own } = incoming.headers;
      seen.push([incoming.method, incoming.url, authorization, own, host === new URL(front!.url).host]);
      response.end();
    });

    await ask(url, '/api/a/../b%2e?q=%20+&q=2&=', {
      method: 'POST',
      headers: { authorization: 'Bearer t', 'x-own': '1' },
    });

    expect(seen).toEqual([['POST', '/api/a/../b%2e?q=%20+&q=2&=', 'Bearer t', '1', false]]);
  });

  it('never changes a query', async () => {
    const seen: (string | undefined)[] = [];
    const { url } = await anEdge((incoming, response) => {
      seen.push(incoming.url);
      response.end();
    }, 'function handler(event) { return event.request; }');

    await fc.assert(
      fc.asyncProperty(fc.webQueryParameters(), async (query) => {
        await ask(url, `/api/jobs?${query}`);

        expect(seen.at(-1)).toBe(query ? `/api/jobs?${query}` : '/api/jobs');
      }),
      { numRuns: 50 },
    );
  });

  it('lets its errors through, with the headers of the policy', async () => {
    const { url } = await anEdge(
      answering({
        status: 404,
        headers: { 'x-frame-options': 'ALLOWALL', 'x-told': 'by the API' },
        body: 'no such job',
      }),
    );

    const { status, headers, body } = await ask(url, '/api/jobs/7');

    expect([status, body]).toEqual([404, 'no such job']);
    expect(headers).toMatchObject({ 'x-frame-options': 'DENY', 'x-told': 'by the API' });
  });

  it('streams: what was sent so far comes back before the rest is there', async () => {
    const { url } = await anEdge((incoming, response) => {
      incoming.pipe(response);
    });
    const outgoing = request(`${url}/api/echo`, { method: 'POST' });

    outgoing.write('one');
    const [response] = (await once(outgoing, 'response')) as [IncomingMessage];
    const [first] = await once(response, 'data');
    outgoing.end('two');
    const rest = await text(response);

    expect([String(first), rest]).toEqual(['one', 'two']);
  });

  it('lets go of it when nobody waits for the answer any more', async () => {
    const { promise: closed, resolve } = Promise.withResolvers<void>();
    const { promise: arrived, resolve: arrive } = Promise.withResolvers<void>();
    const { url } = await anEdge((_incoming, response) => {
      response.once('close', resolve);
      arrive();
    });
    const outgoing = request(`${url}/api/slow`).on('error', () => {});
    outgoing.end();
    await arrived;

    outgoing.destroy();

    await expect(closed).resolves.toBeUndefined();
  });

  it('answers 502 where it is out of reach, and says so in the log', async () => {
    const { url, logs } = await anEdge((incoming) => {
      incoming.socket.destroy();
    });

    const { status, headers } = await ask(url, '/api/jobs');

    expect([status, headers['x-frame-options']]).toEqual([502, 'DENY']);
    expect(logs).toEqual([expect.stringMatching(/^Edge: /)]);
  });
});

describe('the function of the edge', () => {
  const running = (code: string) => anEdge(answering({ body: 'origin' }), code);

  it('sees the request as CloudFront shows it', async () => {
    const { url } = await running(
      'function handler(event) { return { statusCode: 200, body: JSON.stringify(event) }; }',
    );

    const { body } = await ask(url, '/api/a%20b/?x=1&x=2&y', {
      headers: { cookie: 'a=1; b=2', 'X-Own': 'v' },
    });

    expect(JSON.parse(body)).toMatchObject({
      version: '1.0',
      context: { eventType: 'viewer-request', distributionId: 'E1' },
      viewer: { ip: '127.0.0.1' },
      request: {
        method: 'GET',
        uri: '/api/a%20b/',
        querystring: { x: { value: '2', multiValue: [{ value: '1' }, { value: '2' }] }, y: { value: '' } },
        headers: { 'x-own': { value: 'v' } },
        cookies: { a: { value: '1' }, b: { value: '2' } },
      },
    });
  });

  it('may answer by itself, also while a large body is still being sent', async () => {
    const { url } = await running(
      "function handler() { return { statusCode: 413, headers: { 'x-a': { value: 'b' } }, body: { encoding: 'text', data: 'no' } }; }",
    );

    const response = await fetch(`${url}/api/jobs`, { method: 'POST', body: Buffer.alloc(20 * 2 ** 20) });

    expect([response.status, response.headers.get('x-a'), await response.text()]).toEqual([413, 'b', 'no']);
    expect(response.headers.get('x-frame-options')).toBe('DENY');
  });

  it.each([
    ['throws', 'function handler() { throw new Error("x"); }'],
    ['never ends', 'function handler() { for (;;) {} }'],
    ['reaches for what is not there', 'function handler() { return require("fs"); }'],
    [
      'changes more than the path',
      'function handler(e) { e.request.querystring = { a: { value: "1" } }; return e.request; }',
    ],
  ])('that %s fails the request', async (_what, code) => {
    const { url } = await running(code);

    expect((await ask(url, '/api/jobs')).status).toBe(502);
  });
});

describe('the edge before a bucket', () => {
  it('asks for the object alone: no query, no header but conditions and ranges', async () => {
    const seen: unknown[] = [];
    const { url, signed } = await anEdge((incoming, response) => {
      seen.push([incoming.url, incoming.headers.range, incoming.headers.authorization]);
      response.end();
    });

    await ask(url, '/assets/a%20b.js?list-type=2', {
      headers: { range: 'bytes=0-1', authorization: 'Bearer t' },
    });
    await ask(url, '/', { method: 'HEAD' });

    expect(signed).toEqual(['GET page assets/a b.js', 'HEAD page index.html']);
    expect(seen[0]).toEqual(['/page/assets/a%20b.js?signed', 'bytes=0-1', undefined]);
  });

  it.each([
    ['POST', '/', {}, 403],
    ['GET', '/%zz', {}, 400],
    ['GET', '/', { host: 'evil.example' }, 403],
    ['GET', '/api/jobs', { host: 'evil.example' }, 403],
  ])('refuses %s %s of %j with %i, asking nobody', async (method, path, headers, status) => {
    let asked = 0;
    const { url, signed } = await anEdge((_incoming, response) => {
      asked += 1;
      response.end();
    });

    expect((await ask(url, path, { method, headers })).status).toBe(status);
    expect([asked, signed]).toEqual([0, []]);
  });
});
