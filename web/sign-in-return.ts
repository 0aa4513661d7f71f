import * as oauth from 'oauth4webapi';
import type { Issuer } from './issuer.ts';
import { type Begun, returnUrl, takeBegun } from './sign-in-request.ts';
import { type Tokens, tokensIn } from './tokens.ts';

/** How a sign-in ended that was begun here. */
export type SignInReturn = Pick<Begun, 'channelName'> & ({ tokens: Tokens } | { refusal: string });

/**
 * Turns what the issuer sent back into tokens, and takes it out of the address bar and the history. Undefined where
 * nothing was sent back, or nothing was begun. `refusal` is in words for people.
 */
export async function finishSignIn(issuer: Issuer): Promise<SignInReturn | undefined> {
  const address = new URL(location.href);
  if (!address.searchParams.has('state')) return undefined;
  const begun = takeBegun();
  history.replaceState(null, '', `${location.pathname}${begun?.hash ?? ''}`);
  if (!begun) return undefined;

  const { channelName } = begun;
  try {
    return { channelName, tokens: await redeem(issuer, address, begun) };
  } catch (error) {
    const declined = error instanceof oauth.AuthorizationResponseError && error.error === 'access_denied';
    const refusal = declined
      ? 'You were not let in.'
      : 'Signing in did not work. Try again; if that doesn’t help, tell who runs this Clipwright.';
    return { channelName, refusal };
  }
}

async function redeem({ server, client, options }: Issuer, address: URL, begun: Begun): Promise<Tokens> {
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
  const expected = { expectedNonce: begun.nonce, requireIdToken: true };
  return tokensIn(await oauth.processAuthorizationCodeResponse(server, client, response, expected));
}
