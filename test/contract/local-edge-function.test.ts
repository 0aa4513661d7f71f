import { describe, expect, it } from '@jest/globals';
import { answering, ask, edgePerTest } from '../support/edge-per-test.ts';

const anEdge = edgePerTest();

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
