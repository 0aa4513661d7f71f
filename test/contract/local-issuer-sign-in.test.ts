import { describe, expect, it } from '@jest/globals';
import * as oauth from 'oauth4webapi';
import { issuerPerTest, verifier } from '../support/issuer-per-test.ts';

const { authorize, issuer, page, subOf, url } = issuerPerTest();

describe('signing in at the local issuer with a client of OpenID Connect', () => {
  it('goes from discovery to tokens that the API takes, and to new ones', async () => {
    const { issuer: address, client_id } = ((await (await fetch(`${url()}/config.json`)).json()) as any)
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
    const bob = await subOf((await issuer().tokens()).bob);
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
        `${url()}/local-issuer/logout?${new URLSearchParams({ client_id: 'the-page', post_logout_redirect_uri })}`,
        { redirect: 'manual' },
      );

    expect((await logout(page())).headers.get('location')).toBe(page());
    expect((await logout('https://evil.example/')).headers.get('location')).toBeNull();
  });

  it('leaves all else to the edge', async () => {
    expect(await (await fetch(`${url()}/local-issuers`)).text()).toBe('the page');
  });

  it('leads who opens the page as localhost to where signing in works', async () => {
    const response = await fetch(url().replace('127.0.0.1', 'localhost'), { redirect: 'manual' });

    expect(response.headers.get('location')).toBe(page());
  });
});
