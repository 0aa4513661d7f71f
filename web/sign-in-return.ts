import * as oauth from 'oauth4webapi';
import { keepTokens } from './tokens.ts';

/** Where the issuer sends people back to; registered with it, so always the same. */
export const returnUrl = `${location.origin}/`;

interface Begun {
  verifier: string;
  state: string;
  /** The view that was left. */
  hash: string;
}

/** Turns the code that the issuer sent back into tokens, and takes it out of the address bar and the history. */
export async function finishSignIn(
  server: oauth.AuthorizationServer,
  client: oauth.Client,
  options: object,
): Promise<void> {
  const address = new URL(location.href);
  const begun = JSON.parse(sessionStorage.getItem('sign-in') ?? 'null') as Begun | null;
  if (!begun || !address.searchParams.has('state')) return;

  sessionStorage.removeItem('sign-in');
  history.replaceState(null, '', `${location.pathname}${begun.hash}`);
  const parameters = oauth.validateAuthResponse(server, client, address, begun.state);
  const response = await oauth.authorizationCodeGrantRequest(
    server,
    client,
    oauth.None(),
    parameters,
    returnUrl,
    begun.verifier,
    options,
  );
  keepTokens(await oauth.processAuthorizationCodeResponse(server, client, response));
}
