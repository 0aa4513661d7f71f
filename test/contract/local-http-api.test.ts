import { request } from 'node:http';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { ApiDefinition, CorsConfiguration, Throttle } from '../../local/http-api/api-definition.ts';
import { ownerOfThisMachine } from '../../local/http-api/authenticate.ts';
import { createHttpApi } from '../../local/http-api/http-api.ts';
import { AccessDenied } from '../../local/iam/access.ts';
import { type LocalIssuer, openLocalIssuer } from '../../local/issuer/local-issuer.ts';
import { type Front, listen } from '../../local/listen.ts';
import { FunctionError } from '../../local/types.ts';
import { temporaryFolders } from '../support/temporary-folder.ts';

const newFolder = temporaryFolders();
const authorizer = { issuer: 'https://issuer.example/pool', audience: ['client'], scopes: [] };
let front: Front;
beforeEach(async () => {
  front = await listen(0);
});
afterEach(() => front.stop());

type Invoke = (functionArn: string, event: unknown, routeArn: string) => Promise<unknown>;

function serve(
  invoke: Invoke,
  {
    cors,
    issuer,
    scopes = [],
    throttle,
  }: { cors?: CorsConfiguration; issuer?: LocalIssuer; scopes?: string[]; throttle?: Throttle } = {},
) {
  const definition: ApiDefinition = {
    id: 'api',
    cors,
    routes: [
      { key: 'GET /open', functionArn: 'open', timeoutMs: 50 },
      {
        key: 'POST /api/jobs/{id}',
        functionArn: 'jobs',
        timeoutMs: 5000,
        throttle,
        authorizer: { ...authorizer, scopes },
      },
    ],
  };
  const authenticate = issuer?.authenticate ?? ownerOfThisMachine;
  front.serve(createHttpApi({ definition, authenticate, ownerOnly: !issuer, invoke, log: () => {} }));
}

const claimsOf = (event: unknown) =>
  (event as { requestContext: { authorizer?: { jwt: { claims: Record<string, string> } } } }).requestContext
    .authorizer?.jwt.claims;

const post = (headers: Record<string, string> = {}, body: string | Buffer = '{}') =>
  fetch(`${front.url}/api/jobs/7`, { method: 'POST', headers, body: body as string });

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

    const response = await fetch(front.url + path);

    expect([response.status, await response.json()]).toEqual([status, { message }]);
  });

  it('refuses more than 10 MB, and lets the client see it', async () => {
    serve(async () => 'never');

    const response = await post({}, Buffer.alloc(10 * 2 ** 20 + 1));

    expect([response.status, await response.json()]).toEqual([413, { message: 'Request Entity Too Large' }]);
  });

  it('lets requests wait that came before it knew what to answer', async () => {
    const response = fetch(`${front.url}/open`);
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

    const response = await fetch(`${front.url}/api/jobs/7`, {
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

    const response = await fetch(`${front.url}/open`, { headers: { origin: 'https://evil.example' } });

    expect(response.headers.get('access-control-allow-origin')).toBeNull();
  });
});

describe('a machine with one owner', () => {
  it('asks for no token, and calls the caller local', async () => {
    serve(async (_arn, event) => claimsOf(event));

    expect(await (await post()).json()).toEqual({ sub: 'local' });
  });

  it('says nothing of a caller on a route that asks for none', async () => {
    serve(async (_arn, event) => ({ claims: claimsOf(event) ?? 'none' }));

    expect(await (await fetch(`${front.url}/open`)).json()).toEqual({ claims: 'none' });
  });

  it.each([
    ['evil.example:8600', 403],
    ['localhost.evil.example', 403],
    ['localhost:8600', 200],
    ['LOCALHOST', 200],
    ['127.0.0.1', 200],
    ['[::1]:8600', 200],
  ])('named %s by the Host header answers %i', async (host, status) => {
    serve(async () => 'x');

    const answered = await new Promise((resolve, reject) => {
      request(`${front.url}/open`, { headers: { host } }, (response) => resolve(response.resume().statusCode))
        .on('error', reject)
        .end();
    });

    expect(answered).toBe(status);
  });

  it.each([
    ['https://evil.example', 403],
    ['null', 403],
    ['http://localhost:5173', 200],
    ['https://app.example', 200],
  ])('answers a page of %s with %i', async (origin, status) => {
    serve(async () => 'x', { cors: { AllowOrigins: ['*', 'https://app.example'] } });

    expect((await post({ origin })).status).toBe(status);
  });
});

describe('an HTTP API that asks for tokens', () => {
  async function issued() {
    const issuer = await openLocalIssuer(newFolder(), authorizer);
    return { issuer, tokens: await issuer.tokens() };
  }

  it('knows its users apart by their tokens', async () => {
    const { issuer, tokens } = await issued();
    serve(async (_arn, event) => claimsOf(event), { issuer });

    const [alice, bob] = await Promise.all(
      [tokens.alice, tokens.bob].map(async (token) =>
        (await post({ authorization: `Bearer ${token}` })).json(),
      ),
    );

    expect(alice).toMatchObject({
      username: 'alice',
      client_id: 'client',
      iss: authorizer.issuer,
      exp: expect.any(String),
    });
    expect((bob as { sub: string }).sub).not.toBe((alice as { sub: string }).sub);
  });

  it('still takes a token after a restart', async () => {
    const dataDir = newFolder();
    const { alice } = await (await openLocalIssuer(dataDir, authorizer)).tokens();
    serve(async () => 'x', { issuer: await openLocalIssuer(dataDir, authorizer) });

    expect((await post({ authorization: `Bearer ${alice}` })).status).toBe(200);
  });

  it('answers 401 to no token, a forged one, and those of another issuer, key or client', async () => {
    const { issuer, tokens } = await issued();
    serve(async () => 'x', { issuer });
    const other = async (changed: Partial<typeof authorizer>) =>
      (await (await openLocalIssuer(newFolder(), { ...authorizer, ...changed })).tokens()).alice;
    const [header, payload] = tokens.alice.split('.');
    const unsigned = `${Buffer.from('{"alg":"none"}').toString('base64url')}.${payload}.`;
    const refused = [
      '',
      'Bearer ',
      'Bearer nonsense',
      `Bearer ${header}.${payload}.AAAA`,
      `Bearer ${unsigned}`,
      `Bearer ${await other({})}`,
      `Bearer ${await other({ issuer: 'https://other.example' })}`,
    ];

    const responses = await Promise.all(refused.map((authorization) => post({ authorization })));

    expect(responses.map(({ status }) => status)).toEqual(refused.map(() => 401));
    expect(await responses[0]!.json()).toEqual({ message: 'Unauthorized' });
  });

  it('answers 401 to a token for another client of the same issuer', async () => {
    const dataDir = newFolder();
    const { alice } = await (await openLocalIssuer(dataDir, { ...authorizer, audience: ['other'] })).tokens();
    serve(async () => 'x', { issuer: await openLocalIssuer(dataDir, authorizer) });

    expect((await post({ authorization: `Bearer ${alice}` })).status).toBe(401);
  });

  it('answers 403 to a token without the scope', async () => {
    const { issuer, tokens } = await issued();
    serve(async () => 'x', { issuer, scopes: ['jobs/write'] });

    expect((await post({ authorization: `Bearer ${tokens.alice}` })).status).toBe(403);
  });

  it('asks for none on a public route', async () => {
    const { issuer } = await issued();
    serve(async () => 'x', { issuer });

    expect((await fetch(`${front.url}/open`)).status).toBe(200);
  });
});
