import * as oauth from 'oauth4webapi';
import type { PageConfig } from './config.ts';

export interface Issuer {
  server: oauth.AuthorizationServer;
  client: oauth.Client;
  options: { [oauth.allowInsecureRequests]: boolean };
}

/** Asks the issuer where people sign in and tokens are had. Throws an Error in words for people. */
export async function findIssuer(settings: NonNullable<PageConfig['sign_in']>): Promise<Issuer> {
  const address = new URL(settings.issuer);
  const options = { [oauth.allowInsecureRequests]: address.hostname === '127.0.0.1' };
  try {
    const response = await oauth.discoveryRequest(address, options);
    const server = await oauth.processDiscoveryResponse(address, response);
    return { server, client: clientOf(settings.client_id), options };
  } catch (cause) {
    throw new Error('The sign-in can’t be reached. Try again in a moment.', { cause });
  }
}

const clientOf = (clientId: string): oauth.Client => ({
  client_id: clientId,
  // What decides whether a token holds is the API's clock. One here that is wrong must not keep people out.
  [oauth.clockTolerance]: 24 * 3600,
});
