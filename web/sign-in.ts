import * as oauth from 'oauth4webapi';
import type { PageConfig } from './config.ts';
import { finishSignIn, returnUrl } from './sign-in-return.ts';
import { forgetTokens, keepTokens, keptTokens } from './tokens.ts';

export interface SignIn {
  /** A token that holds, fresh if need be; goes to the sign-in page where there is none. */
  token(): Promise<string | undefined>;
  signOut?(): void;
}

/** Sign-in by authorization code with PKCE, at the issuer's own page; nothing at all where none is asked for. */
export async function signIn({ sign_in: settings }: PageConfig): Promise<SignIn> {
  if (!settings) return { token: async () => undefined };

  const client: oauth.Client = { client_id: settings.client_id };
  const issuer = new URL(settings.issuer);
  const options = { [oauth.allowInsecureRequests]: issuer.hostname === '127.0.0.1' };
  const server = await oauth
    .discoveryRequest(issuer, options)
    .then((response) => oauth.processDiscoveryResponse(issuer, response));
  await finishSignIn(server, client, options);
  if (!keptTokens()) await leave(server, client);

  let refreshing: Promise<void> | undefined;
  async function refresh(refreshToken: string): Promise<void> {
    const auth = oauth.None();
    const response = await oauth.refreshTokenGrantRequest(server, client, auth, refreshToken, options);
    keepTokens(await oauth.processRefreshTokenResponse(server, client, response), refreshToken);
  }

  return {
    async token() {
      const tokens = keptTokens();
      if (!tokens) return leave(server, client);
      if (Date.now() < tokens.freshUntil) return tokens.bearer;
      if (!tokens.refreshToken) return leave(server, client);

      refreshing ??= refresh(tokens.refreshToken).finally(() => {
        refreshing = undefined;
      });
      // A network that is down for a moment is no reason to sign in anew; a refusal is.
      await refreshing.catch((error) => {
        if (error instanceof oauth.ResponseBodyError) return leave(server, client);
        throw error;
      });
      return keptTokens()?.bearer;
    },
    signOut() {
      forgetTokens();
      const address = new URL(server.end_session_endpoint ?? location.origin);
      address.search = new URLSearchParams({
        client_id: client.client_id,
        post_logout_redirect_uri: returnUrl,
        // Cognito has a name of its own for it.
        logout_uri: returnUrl,
      }).toString();
      location.assign(address);
    },
  };
}

/** Goes to the issuer's sign-in page. Never returns: the page is left. */
async function leave(server: oauth.AuthorizationServer, client: oauth.Client): Promise<never> {
  const verifier = oauth.generateRandomCodeVerifier();
  const state = oauth.generateRandomState();
  sessionStorage.setItem('sign-in', JSON.stringify({ verifier, state, hash: location.hash }));
  const address = new URL(server.authorization_endpoint ?? '');
  address.search = new URLSearchParams({
    client_id: client.client_id,
    redirect_uri: returnUrl,
    response_type: 'code',
    scope: 'openid',
    state,
    code_challenge: await oauth.calculatePKCECodeChallenge(verifier),
    code_challenge_method: 'S256',
  }).toString();
  location.assign(address);
  return new Promise(() => {});
}
