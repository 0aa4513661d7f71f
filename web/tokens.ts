import { getValidatedIdTokenClaims, type TokenEndpointResponse } from 'oauth4webapi';

export interface Tokens {
  bearer: string;
  refreshToken?: string;
  /** Who signed in, as the issuer names them. */
  subject?: string;
  /** Milliseconds since 1970 by this machine's clock; a minute before it really ends. */
  freshUntil: number;
}

const key = 'tokens';

/** The tokens in a processed answer of the token endpoint. `earlier`: what an answer to a refresh may leave out. */
export function tokensIn(answer: TokenEndpointResponse, earlier?: Tokens): Tokens {
  const claims = getValidatedIdTokenClaims(answer);
  // How long it lives, not when it ends: the issuer's clock may differ from ours.
  const lifeSeconds = claims ? claims.exp - claims.iat : (answer.expires_in ?? 3600);
  return {
    // Of OpenID providers only the ID token surely names our client as its audience.
    bearer: answer.id_token ?? answer.access_token,
    refreshToken: answer.refresh_token ?? earlier?.refreshToken,
    subject: claims?.sub ?? earlier?.subject,
    freshUntil: Date.now() + (lifeSeconds - 60) * 1000,
  };
}

/** Kept for this tab only, until it is closed; a reload in mid-upload must not ask to sign in again. */
export function keepTokens(tokens: Tokens): void {
  sessionStorage.setItem(key, JSON.stringify(tokens));
}

/** Undefined where none are kept, or nothing that makes sense. */
export function keptTokens(): Tokens | undefined {
  try {
    const kept = JSON.parse(sessionStorage.getItem(key) ?? 'null') as Tokens | null;
    return typeof kept?.bearer === 'string' ? kept : undefined;
  } catch {
    return undefined;
  }
}

export function forgetTokens(): void {
  sessionStorage.removeItem(key);
}
