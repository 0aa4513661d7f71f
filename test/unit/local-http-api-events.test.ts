import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { functionAnswer } from '../../local/http-api/function-answer.ts';
import { matchRoute } from '../../local/http-api/match-route.ts';
import { requestEvent } from '../../local/http-api/request-event.ts';

describe('the route of a request', () => {
  const routes = [
    'GET /api/jobs',
    'GET /api/jobs/{id}',
    'GET /api/jobs/latest',
    'ANY /api/jobs/{id}',
    'GET /api/jobs/{id}/clips/{clip}',
    'GET /files/{path+}',
    '$default',
  ].map((key) => ({ key }));

  it.each([
    ['GET', '/api/jobs', 'GET /api/jobs', {}],
    ['GET', '/api/jobs/', '$default', {}],
    ['GET', '/api/jobs/7', 'GET /api/jobs/{id}', { id: '7' }],
    ['GET', '/api/jobs/a%20b', 'GET /api/jobs/{id}', { id: 'a b' }],
    ['GET', '/api/jobs/50%', 'GET /api/jobs/{id}', { id: '50%' }],
    ['GET', '/api/jobs/latest', 'GET /api/jobs/latest', {}],
    ['DELETE', '/api/jobs/7', 'ANY /api/jobs/{id}', { id: '7' }],
    ['GET', '/api/jobs/7/clips/2', 'GET /api/jobs/{id}/clips/{clip}', { id: '7', clip: '2' }],
    ['GET', '/files/a/b/c', 'GET /files/{path+}', { path: 'a/b/c' }],
    ['GET', '/files/', '$default', {}],
    ['PUT', '/nowhere', '$default', {}],
  ])('%s %s is %s', (method, path, key, pathParameters) => {
    expect(matchRoute(routes, method, path)).toEqual({ route: { key }, pathParameters });
  });

  it('is none where nothing fits and there is no $default', () => {
    expect(matchRoute([{ key: 'GET /a' }], 'GET', '/b')).toBeUndefined();
  });

  it('gives back any path segment as it was', () => {
    const segment = fc.string({ unit: 'grapheme', minLength: 1 });

    fc.assert(
      fc.property(segment, (id) => {
        const path = `/api/jobs/${encodeURIComponent(id)}`;
        fc.pre(id !== 'latest');
        expect(matchRoute(routes, 'GET', path)?.pathParameters).toEqual({ id });
      }),
    );
  });
});

describe('the event that a function gets', () => {
  function eventOf({
    headers = {},
    body = '',
    rawQuery = '',
  }: {
    headers?: Record<string, string>;
    body?: string | Buffer;
    rawQuery?: string;
  }) {
    return requestEvent(
      {
        method: 'POST',
        rawPath: '/api/jobs/7',
        rawQuery,
        headers: { host: '127.0.0.1:8600', ...headers },
        body: Buffer.from(body as string),
        sourceIp: '127.0.0.1',
      },
      {
        apiId: 'api',
        routeKey: 'POST /api/jobs/{id}',
        requestId: 'r',
        pathParameters: { id: '7' },
        claims: { sub: 'local' },
        nowMs: Date.UTC(2026, 2, 12, 19, 3, 58),
      },
    );
  }

  it('has the shape of payload format 2.0', () => {
    const event = eventOf({
      headers: { 'content-type': 'application/json', 'user-agent': 'curl' },
      body: '{}',
    });

    expect(event).toEqual({
      version: '2.0',
      routeKey: 'POST /api/jobs/{id}',
      rawPath: '/api/jobs/7',
      rawQueryString: '',
      headers: { host: '127.0.0.1:8600', 'content-type': 'application/json', 'user-agent': 'curl' },
      pathParameters: { id: '7' },
      requestContext: {
        accountId: '000000000000',
        apiId: 'api',
        authorizer: { jwt: { claims: { sub: 'local' }, scopes: null } },
        domainName: '127.0.0.1:8600',
        domainPrefix: 'api',
        http: {
          method: 'POST',
          path: '/api/jobs/7',
          protocol: 'HTTP/1.1',
          sourceIp: '127.0.0.1',
          userAgent: 'curl',
        },
        requestId: 'r',
        routeKey: 'POST /api/jobs/{id}',
        stage: '$default',
        time: '12/Mar/2026:19:03:58 +0000',
        timeEpoch: 1773342238000,
      },
      body: '{}',
      isBase64Encoded: false,
    });
  });

  it('joins the values of a query name that comes twice, and keeps the query as it was sent', () => {
    const event = eventOf({ rawQuery: 'status=a&status=b%2Cc&limit=5' });

    expect(event.queryStringParameters).toEqual({ status: 'a,b,c', limit: '5' });
    expect(event.rawQueryString).toBe('status=a&status=b%2Cc&limit=5');
  });

  it('has cookies in a list of their own', () => {
    const event = eventOf({ headers: { cookie: 'a=1; b=2' } });

    expect(event.cookies).toEqual(['a=1', 'b=2']);
    expect(event.headers).not.toHaveProperty('cookie');
  });

  it.each([
    ['application/json', false],
    ['application/problem+json; charset=utf-8', false],
    ['text/csv', false],
    ['multipart/form-data; boundary=x', true],
    ['application/x-www-form-urlencoded', true],
    ['application/octet-stream', true],
  ])('holds a body of %s as base64: %s', (type, base64) => {
    const event = eventOf({ headers: { 'content-type': type }, body: 'äx' });

    expect(event.isBase64Encoded).toBe(base64);
    expect(Buffer.from(event.body as string, base64 ? 'base64' : 'utf8').toString()).toBe('äx');
  });

  it('has no body where none was sent', () => {
    const event = eventOf({});

    expect(event).not.toHaveProperty('body');
    expect(event.isBase64Encoded).toBe(false);
  });
});

describe("the answer to a function's result", () => {
  const shown = (returned: unknown) => {
    const { statusCode, headers, body } = functionAnswer(returned);
    return { statusCode, headers, body: body.toString() };
  };

  it('is made of status, headers, cookies and body', () => {
    const returned = {
      statusCode: 201,
      headers: { Location: '/x', 'X-Count': 3 },
      cookies: ['a=1'],
      body: '{}',
    };

    expect(shown(returned)).toEqual({
      statusCode: 201,
      headers: {
        'content-type': 'text/plain;charset=UTF-8',
        location: '/x',
        'x-count': '3',
        'set-cookie': ['a=1'],
      },
      body: '{}',
    });
  });

  it('decodes base64', () => {
    expect(functionAnswer({ statusCode: 200, body: 'AAH/', isBase64Encoded: true }).body).toEqual(
      Buffer.from([0, 1, 255]),
    );
  });

  it.each([
    [{ jobs: [] }, '{"jobs":[]}'],
    ['hello', 'hello'],
    [null, 'null'],
  ])('of %j, which has no status, is a 200 with it as JSON', (returned, body) => {
    expect(shown(returned)).toEqual({
      statusCode: 200,
      headers: { 'content-type': 'application/json' },
      body,
    });
  });

  it('is refused for what is no status', () => {
    expect(() => functionAnswer({ statusCode: 'ok' })).toThrow('ok is no status code');
  });
});
