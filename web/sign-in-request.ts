import * as oauth from 'oauth4webapi';
import type { Issuer } from './issuer.ts';

/** Where the issuer sends people back to; registered with it, so always the same. */
export const returnUrl = `${location.origin}/`;

/** What is known of a sign-in that was begun, until its answer comes. */
export interface Begun {
  verifier: string;
  state: string;
  nonce: string;
  /** The view that was left. */
  hash: string;
  /** In a window of its own, beside the page that waits for tokens on the channel of this name. */
  channelName?: string;
}

const key = 'sign-in';

/** Answers the address of the issuer's sign-in page. A window that is opened on it knows what was begun here. */
export async function beginSignIn({ server, client }: Issuer, channelName?: string): Promise<string> {
  const verifier = oauth.generateRandomCodeVerifier();
  const state = oauth.generateRandomState();
  const nonce = oauth.generateRandomNonce();
  const begun: Begun = { verifier, state, nonce, hash: location.hash, channelName };
  sessionStorage.setItem(key, JSON.stringify(begun));

  const address = new URL(server.authorization_endpoint ?? '');
  const parameters = {
    client_id: client.client_id,
    redirect_uri: returnUrl,
    response_type: 'code',
    scope: scopeOf(server),
    state,
    nonce,
    code_challenge: await oauth.calculatePKCECodeChallenge(verifier),
    code_challenge_method: 'S256',
  };
  for (const [name, value] of Object.entries(parameters)) address.searchParams.set(name, value);
  return address.href;
}

/** What was begun, once. */
export function takeBegun(): Begun | undefined {
  const kept = sessionStorage.getItem(key);
  sessionStorage.removeItem(key);
  return kept ? (JSON.parse(kept) as Begun) : undefined;
}

/** Many providers give a refresh token only to who asks for it so; Cognito always does, and refuses to be asked. */
const scopeOf = ({ scopes_supported: scopes = [] }: oauth.AuthorizationServer) =>
  scopes.includes('offline_access') ? 'openid offline_access' : 'openid';
