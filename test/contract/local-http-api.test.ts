import { describe, expect, it } from '@jest/globals';
import { AccessDenied } from '../../local/iam/access.ts';
import { openLocalIssuer } from '../../local/issuer/local-issuer.ts';
import { FunctionError } from '../../local/types.ts';
import { authorizer, httpApiPerTest } from '../support/http-api-per-test.ts';
import { temporaryFolders } from '../support/temporary-folder.ts';

const newFolder = temporaryFolders();
const { post, serve, url } = httpApiPerTest();

describe('an HTTP API', () => {
  it('calls the function of the route, in the name of the route', async () => {
    const calls: unknown[] = [];
    serve(async (functionArn, _event, routeArn) => {
      calls.push([functionArn, routeArn]);
      return { statusCode: 202, body: 'done' };
    });

    const response = await post();

    expect([response.status, await response.text()]).toEqual([202, 'done']);
    expect(calls).toEqual([
      ['jobs', 'arn:aws:execute-api:us-east-1:000000000000:api/$default/POST/api/jobs/{id}'],
    ]);
  });

  it('answers 429 in the words of API Gateway where a route takes no more', async () => {
    serve(async () => ({}), { throttle: { ratePerSecond: 0.001, burst: 2 } });

    const statuses = [];
    for (const _ of [1, 2]) statuses.push((await post()).status);
    const refused = await post();

    expect([...statuses, refused.status]).toEqual([200, 200, 429]);
    expect(await refused.json()).toEqual({ message: 'Too Many Requests' });
  });

  it.each([
    ['no route', 404, 'Not Found', '/api/jobs', async () => ({})],
    [
      'a function that failed',
      500,
      'Internal Server Error',
      '/open',
      async () => {
        throw new FunctionError('TypeError', 'secret');
      },
    ],
    [
      'a function that it may not call',
      500,
      'Internal Server Error',
      '/open',
      async () => {
        throw new AccessDenied('a', 'b', 'c');
      },
    ],
    ['an answer that is none', 500, 'Internal Server Error', '/open', async () => ({ statusCode: 7 })],
    ['a function that is late', 503, 'Service Unavailable', '/open', () => new Promise(() => {})],
  ])('answers %s as API Gateway does', async (_what, status, message, path, invoke) => {
    serve(invoke);

    const response = await fetch(url() + path);

    expect([response.status, await response.json()]).toEqual([status, { message }]);
  });

  it('refuses more than 10 MB, and lets the client see it', async () => {
    serve(async () => 'never');

    const response = await post({}, Buffer.alloc(10 * 2 ** 20 + 1));

    expect([response.status, await response.json()]).toEqual([413, { message: 'Request Entity Too Large' }]);
  });

  it('lets requests wait that came before it knew what to answer', async () => {
    const response = fetch(`${url()}/open`);
    serve(async () => 'early');

    expect(await (await response).text()).toBe('early');
  });
});

describe('an HTTP API with CORS', () => {
  const cors = {
    AllowOrigins: ['https://app.example'],
    AllowMethods: ['POST'],
    AllowHeaders: ['content-type'],
    ExposeHeaders: ['location'],
    MaxAge: 60,
  };

  it('answers a preflight by itself', async () => {
    serve(
      async () => {
        throw new Error('not asked');
      },
      { cors },
    );

    const response = await fetch(`${url()}/api/jobs/7`, {
      method: 'OPTIONS',
      headers: { origin: 'https://app.example', 'access-control-request-method': 'POST' },
    });

    expect(response.status).toBe(204);
    expect(Object.fromEntries(response.headers)).toMatchObject({
      'access-control-allow-origin': 'https://app.example',
      'access-control-allow-methods': 'POST',
      'access-control-allow-headers': 'content-type',
      'access-control-max-age': '60',
    });
  });

  it('overrides what the function says about it', async () => {
    serve(async () => ({ statusCode: 200, headers: { 'Access-Control-Allow-Origin': '*' }, body: '' }), {
      cors,
    });

    const response = await post({ origin: 'https://app.example' });

    expect(response.headers.get('access-control-allow-origin')).toBe('https://app.example');
    expect(response.headers.get('access-control-expose-headers')).toBe('location');
  });

  it('tells an origin that is not allowed nothing', async () => {
    serve(async () => 'x', { cors, issuer: await openLocalIssuer(newFolder(), authorizer) });

    const response = await fetch(`${url()}/open`, { headers: { origin: 'https://evil.example' } });

    expect(response.headers.get('access-control-allow-origin')).toBeNull();
  });
});
