import { once } from 'node:events';
import { type IncomingMessage, request } from 'node:http';
import { text } from 'node:stream/consumers';
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { answering, ask, edgePerTest } from '../support/edge-per-test.ts';

const anEdge = edgePerTest();

describe('the edge before an API', () => {
  it('passes method, path, query, body and headers on as they are, with a Host of the API', async () => {
    const seen: unknown[] = [];
    const { url } = await anEdge((incoming, response) => {
      const { authorization, host, 'x-own': own } = incoming.headers;
      seen.push([incoming.method, incoming.url, authorization, own, host === new URL(url).host]);
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
