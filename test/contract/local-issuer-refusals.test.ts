import { describe, expect, it } from '@jest/globals';
import { issuerPerTest, verifier } from '../support/issuer-per-test.ts';

const { aCode, authorize, exchange, issuer, sentBack, subOf, url, withCode } = issuerPerTest();

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
      iss: issuer().issuer,
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
    const response = await fetch(`${url()}/local-issuer/token`, {
      method: 'POST',
      body: new URLSearchParams([...Object.entries(withCode(await aCode())), ['code', 'another']]),
    });

    expect([response.status, await response.json()]).toEqual([400, { error: 'invalid_request' }]);
  });
});
