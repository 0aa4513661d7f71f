import type { TokenEndpointResponse } from 'oauth4webapi';

interface Tokens {
  bearer: string;
  refreshToken?: string;
  /** Milliseconds since 1970; a minute before it really ends. */
  freshUntil: number;
}

const key = 'tokens';

/** Kept for this tab only, until it is closed; a reload in mid-upload must not ask to sign in again. */
export function keepTokens(answer: TokenEndpointResponse, refreshToken?: string): void {
  const tokens: Tokens = {
    // Of OpenID providers only the ID token surely names our client as its audience.
    bearer: answer.id_token ?? answer.access_token,
    refreshToken: answer.refresh_token ?? refreshToken,
    freshUntil: Date.now() + ((answer.expires_in ?? 3600) - 60) * 1000,
  };
  sessionStorage.setItem(key, JSON.stringify(tokens));
}

export function keptTokens(): Tokens | undefined {
  const kept = sessionStorage.getItem(key);
  return kept ? (JSON.parse(kept) as Tokens) : undefined;
}

export function forgetTokens(): void {
  sessionStorage.removeItem(key);
}
