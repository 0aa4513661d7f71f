import type { JWTPayload } from 'jose';
import { type Authenticate, AuthenticationError } from '../http-api/authenticate.ts';
import type { SigningKey } from './signing-key.ts';

/** Verifies what the key signed as API Gateway's JWT authorizer does. */
export function authenticateBy(key: SigningKey): Authenticate {
  return async ({ issuer, audience, scopes: needed }, authorization = '') => {
    const token = authorization.replace(/^Bearer /i, '');
    const claims = await key.verify(token, { issuer }).catch(() => {
      throw new AuthenticationError(401);
    });
    // Access tokens of Cognito name their client in `client_id`; API Gateway looks there where there is no `aud`.
    const named = [claims.aud ?? claims.client_id].flat();
    if (!audience.some((each) => named.includes(each))) throw new AuthenticationError(401);

    const scopes = typeof claims.scope === 'string' ? claims.scope.split(' ').filter(Boolean) : [];
    if (needed.length > 0 && !needed.some((scope) => scopes.includes(scope)))
      throw new AuthenticationError(403);
    return { claims: asStrings(claims), scopes: needed.length > 0 ? scopes : null };
  };
}

const asStrings = (claims: JWTPayload) =>
  Object.fromEntries(
    Object.entries(claims).map(([name, value]) => [
      name,
      Array.isArray(value) ? `[${value.join(' ')}]` : String(value),
    ]),
  );
