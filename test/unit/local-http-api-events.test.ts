import { describe, expect, it } from '@jest/globals';
import { functionAnswer } from '../../local/http-api/function-answer.ts';
import { requestEvent } from '../../local/http-api/request-event.ts';

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
