import * as oauth from 'oauth4webapi';
import type { Issuer } from './issuer.ts';
import { signInAgain } from './sign-in-again.ts';
import { keepTokens, type Tokens, tokensIn } from './tokens.ts';

/** Keeps new tokens: those that the issuer gives for the refresh token, or that people get by signing in again. */
export async function renewTokens(issuer: Issuer, tokens: Tokens | undefined): Promise<void> {
  try {
    if (tokens?.refreshToken) return await refresh(issuer, tokens, tokens.refreshToken);
  } catch (error) {
    // An issuer that is out of reach for a moment is no reason to sign in anew; a refusal is.
    if (!(error instanceof oauth.ResponseBodyError) || error.status >= 500 || error.status === 429)
      throw error;
  }
  await signInAgain(issuer);
}

async function refresh(
  { server, client, options }: Issuer,
  tokens: Tokens,
  refreshToken: string,
): Promise<void> {
  const response = await oauth.refreshTokenGrantRequest(server, client, oauth.None(), refreshToken, options);
  keepTokens(tokensIn(await oauth.processRefreshTokenResponse(server, client, response), tokens));
}
