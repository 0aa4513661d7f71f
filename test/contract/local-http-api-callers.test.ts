import { request } from 'node:http';
import { describe, expect, it } from '@jest/globals';
import { openLocalIssuer } from '../../local/issuer/local-issuer.ts';
import { authorizer, httpApiPerTest } from '../support/http-api-per-test.ts';
import { temporaryFolders } from '../support/temporary-folder.ts';

const newFolder = temporaryFolders();
const { post, serve, url } = httpApiPerTest();

const claimsOf = (event: unknown) =>
  (event as { requestContext: { authorizer?: { jwt: { claims: Record<string, string> } } } }).requestContext
    .authorizer?.jwt.claims;

describe('a machine with one owner', () => {
  it('asks for no token, and calls the caller local', async () => {
    serve(async (_arn, event) => claimsOf(event));

    expect(await (await post()).json()).toEqual({ sub: 'local' });
  });

  it('says nothing of a caller on a route that asks for none', async () => {
    serve(async (_arn, event) => ({ claims: claimsOf(event) ?? 'none' }));

    expect(await (await fetch(`${url()}/open`)).json()).toEqual({ claims: 'none' });
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
      request(`${url()}/open`, { headers: { host } }, (response) => resolve(response.resume().statusCode))
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

    expect((await fetch(`${url()}/open`)).status).toBe(200);
  });
});
