import { createHash } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import * as oauth from 'oauth4webapi';
import { type LocalIssuer, openLocalIssuer } from '../../local/issuer/local-issuer.ts';
import { withSignIn } from '../../local/issuer/with-sign-in.ts';
import { type Front, listen } from '../../local/listen.ts';
import { temporaryFolders } from '../support/temporary-folder.ts';

const newFolder = temporaryFolders();
const verifier = 'a-verifier-that-only-the-page-knows-0123456789';
const challenge = createHash('sha256').update(verifier).digest('base64url');
const authorizer = () => ({ issuer: `${front.url}/local-issuer`, audience: ['the-page'], scopes: [] });

let front: Front;
let issuer: LocalIssuer;
beforeEach(async () => {
  front = await listen(0);
  issuer = await openLocalIssuer(newFolder(), authorizer());
  front.serve(withSignIn((_request, response) => response.end('the page'), issuer));
});
afterEach(() => front.stop());

const page = () => `${front.url}/`;
const fine = () => ({
  client_id: 'the-page',
  redirect_uri: page(),
  response_type: 'code',
  scope: 'openid',
  state: 'the-state',
  code_challenge: challenge,
  code_challenge_method: 'S256',
});

function authorize(changed: Record<string, string | undefined> = {}) {
  const given = Object.entries({ ...fine(), ...changed }).filter(
    (pair): pair is [string, string] => !!pair[1],
  );
  return fetch(`${front.url}/local-issuer/authorize?${new URLSearchParams(given)}`, { redirect: 'manual' });
}

/** What the page is sent back with. */
async function sentBack(changed: Record<string, string | undefined>) {
  const { searchParams } = new URL((await authorize(changed)).headers.get('location') ?? '');
  return Object.fromEntries(searchParams);
}

const aCode = async (user = 'alice') => (await sentBack({ user })).code ?? '';

async function exchange(form: Record<string, string>): Promise<[number, Record<string, unknown>]> {
  const body = new URLSearchParams(form);
  const response = await fetch(`${front.url}/local-issuer/token`, { method: 'POST', body });
  return [response.status, (await response.json()) as Record<string, unknown>];
}

const withCode = (code: string) => ({
  grant_type: 'authorization_code',
  client_id: 'the-page',
  redirect_uri: page(),
  code_verifier: verifier,
  code,
});

const subOf = async (token: unknown) =>
  (await issuer.authenticate(authorizer(), `Bearer ${token}`)).claims.sub;

describe('signing in at the local issuer with a client of OpenID Connect', () => {
  it('goes from discovery to tokens that the API takes, and to new ones', async () => {
    const { issuer: address, client_id } = ((await (await fetch(`${front.url}/config.json`)).json()) as any)
      .sign_in;
    const client = { client_id };
    const options = { [oauth.allowInsecureRequests]: true };
    const server = await oauth
      .discoveryRequest(new URL(address), options)
      .then((response) => oauth.processDiscoveryResponse(new URL(address), response));

    const { searchParams } = new URL(
      (await authorize({ user: 'bob', nonce: 'the-nonce' })).headers.get('location') ?? '',
    );
    const parameters = oauth.validateAuthResponse(server, client, searchParams, 'the-state');
    const response = await oauth.authorizationCodeGrantRequest(
      server,
      client,
      oauth.None(),
      parameters,
      page(),
      verifier,
      options,
    );
    const tokens = await oauth.processAuthorizationCodeResponse(server, client, response, {
      expectedNonce: 'the-nonce',
      requireIdToken: true,
    });
    await oauth.validateApplicationLevelSignature(server, response, options);
    const again = await oauth
      .refreshTokenGrantRequest(server, client, oauth.None(), tokens.refresh_token ?? '', options)
      .then((answer) => oauth.processRefreshTokenResponse(server, client, answer));

    expect(tokens).toMatchObject({ token_type: 'bearer', expires_in: 3600 });
    const bob = await subOf((await issuer.tokens()).bob);
    expect(oauth.getValidatedIdTokenClaims(tokens)?.sub).toBe(bob);
    expect(await Promise.all([tokens.id_token, tokens.access_token, again.id_token].map(subOf))).toEqual([
      bob,
      bob,
      bob,
    ]);
  });

  it('asks who it is, each answer being a link', async () => {
    const response = await authorize({ state: '"><script>' });

    const html = await response.text();
    expect([response.status, response.headers.get('content-type')]).toEqual([200, 'text/html;charset=UTF-8']);
    expect(html).toContain('Sign in as alice');
    expect(html).not.toContain('<script>');
    const links = [...html.matchAll(/href="([^"]+)"/g)].map(([, href]) => href!.replaceAll('&amp;', '&'));
    expect(links.map((href) => new URLSearchParams(href).get('user'))).toEqual(['alice', 'bob', 'stranger']);
    expect(new URLSearchParams(links[0]).get('state')).toBe('"><script>');
  });

  it('sends signed-out people back to the page, and to no other place', async () => {
    const logout = (post_logout_redirect_uri: string) =>
      fetch(
        `${front.url}/local-issuer/logout?${new URLSearchParams({ client_id: 'the-page', post_logout_redirect_uri })}`,
        { redirect: 'manual' },
      );

    expect((await logout(page())).headers.get('location')).toBe(page());
    expect((await logout('https://evil.example/')).headers.get('location')).toBeNull();
  });

  it('leaves all else to the edge', async () => {
    expect(await (await fetch(`${front.url}/local-issuers`)).text()).toBe('the page');
  });

  it('leads who opens the page as localhost to where signing in works', async () => {
    const response = await fetch(front.url.replace('127.0.0.1', 'localhost'), { redirect: 'manual' });

    expect(response.headers.get('location')).toBe(page());
  });
});

describe('what the local issuer refuses', () => {
  it.each([
    ['another client', { client_id: 'another' }],
    ['no client', { client_id: undefined }],
    ['a foreign page', { redirect_uri: 'https://evil.example/' }],
    ['a page at another path', { redirect_uri: 'http://127.0.0.1/elsewhere' }],
    ['no page', { redirect_uri: undefined }],
  ])('sends nobody anywhere for %s', async (_who, changed) => {
    const response = await authorize({ user: 'alice', ...changed });

    expect([response.status, response.headers.get('location')]).toEqual([400, null]);
  });

  it.each([
    ['a stranger', 'access_denied', { user: 'stranger' }],
    ['who must not be asked', 'login_required', { prompt: 'none', user: undefined }],
    ['no challenge', 'invalid_request', { code_challenge: undefined }],
    ['a challenge in plain', 'invalid_request', { code_challenge_method: 'plain' }],
    ['another response type', 'unsupported_response_type', { response_type: 'token' }],
    ['no response type', 'invalid_request', { response_type: undefined }],
    ['no OpenID Connect', 'invalid_scope', { scope: 'email' }],
  ])('tells the page about %s: %s', async (_who, error, changed) => {
    expect(await sentBack({ user: 'alice', ...changed })).toEqual({
      error,
      state: 'the-state',
      iss: issuer.issuer,
    });
  });

  it('a code that was shown before', async () => {
    const code = await aCode();

    const [first] = await exchange(withCode(code));
    const again = await exchange(withCode(code));

    expect(first).toBe(200);
    expect(again).toEqual([400, { error: 'invalid_grant' }]);
  });

  it.each([
    ['a wrong verifier', 'invalid_grant', { code_verifier: `${verifier}x` }],
    ['no verifier', 'invalid_request', { code_verifier: '' }],
    ['a wrong page', 'invalid_grant', { redirect_uri: 'https://evil.example/' }],
    ['a wrong client', 'invalid_client', { client_id: 'another' }],
    ['an unknown code', 'invalid_grant', { code: 'guessed' }],
    ['no code', 'invalid_request', { code: '' }],
    ['another grant', 'unsupported_grant_type', { grant_type: 'password' }],
    ['no refresh token', 'invalid_request', { grant_type: 'refresh_token' }],
    ['a forged refresh token', 'invalid_grant', { grant_type: 'refresh_token', refresh_token: 'a.b.c' }],
  ])('%s: %s', async (_what, error, changed) => {
    expect(await exchange({ ...withCode(await aCode()), ...changed })).toEqual([400, { error }]);
  });

  it('a code, for good, once a wrong verifier came with it', async () => {
    const code = await aCode();

    await exchange({ ...withCode(code), code_verifier: `${verifier}x` });

    expect(await exchange(withCode(code))).toEqual([400, { error: 'invalid_grant' }]);
  });

  it('an access token in the place of a refresh token, and the other way round', async () => {
    const [, tokens] = await exchange(withCode(await aCode()));

    const refreshed = await exchange({
      grant_type: 'refresh_token',
      client_id: 'the-page',
      refresh_token: String(tokens.access_token),
    });

    expect(refreshed).toEqual([400, { error: 'invalid_grant' }]);
    await expect(subOf(tokens.refresh_token)).rejects.toThrow('Unauthorized');
  });

  it('a parameter that comes twice', async () => {
    const response = await fetch(`${front.url}/local-issuer/token`, {
      method: 'POST',
      body: new URLSearchParams([...Object.entries(withCode(await aCode())), ['code', 'another']]),
    });

    expect([response.status, await response.json()]).toEqual([400, { error: 'invalid_request' }]);
  });
});
