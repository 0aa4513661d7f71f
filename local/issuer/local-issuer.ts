import { join } from 'node:path';
import type { JWK } from 'jose';
import type { JwtAuthorizer } from '../http-api/api-definition.ts';
import type { Authenticate } from '../http-api/authenticate.ts';
import { authenticateBy } from './authenticate-by.ts';
import { openSigningKey } from './signing-key.ts';
import { isUser, type User, userId, users } from './users.ts';

const hour = 3600;
const day = 24 * hour;

/** How long what the page gets holds, as in Cognito's default settings. */
export const tokenLifeSeconds = hour;

export interface LocalIssuer {
  /** `http://127.0.0.1:8600/local-issuer`: the `iss` of all its tokens. */
  issuer: string;
  /** The one client whose tokens the API takes. */
  clientId: string;
  publicJwk: JWK;
  /** An access token of each user, good for a day. */
  tokens(): Promise<Record<User, string>>;
  accessToken(user: User): Promise<string>;
  idToken(user: User, nonce?: string): Promise<string>;
  /** Good for 30 days, and for nothing but to get new tokens. */
  refreshToken(user: User): Promise<string>;
  /** Whose refresh token this is, if it is one that holds. */
  userOf(refreshToken: string): Promise<User | undefined>;
  /** Verifies signature, issuer, audience, times and scopes, as API Gateway's JWT authorizer does. */
  authenticate: Authenticate;
}

/** Stands for the user pool: signs tokens like Cognito's, with a key that is kept in `dataDir`. */
export async function openLocalIssuer(dataDir: string, authorizer: JwtAuthorizer): Promise<LocalIssuer> {
  const key = await openSigningKey(join(dataDir, 'issuer-key.json'));
  const { issuer, audience, scopes } = authorizer;
  const clientId = audience[0] ?? '';

  const accessToken = (user: User, lifeSeconds = tokenLifeSeconds) =>
    key.sign(
      {
        iss: issuer,
        sub: userId(user),
        token_use: 'access',
        username: user,
        client_id: clientId,
        scope: scopes.join(' '),
      },
      lifeSeconds,
    );

  return {
    issuer,
    clientId,
    publicJwk: key.publicJwk,
    accessToken: (user) => accessToken(user),
    idToken: (user, nonce) =>
      key.sign(
        {
          iss: issuer,
          sub: userId(user),
          aud: clientId,
          token_use: 'id',
          'cognito:username': user,
          ...(nonce !== undefined && { nonce }),
        },
        tokenLifeSeconds,
      ),
    // Its audience is the issuer itself: the API doesn't take it.
    refreshToken: (user) =>
      key.sign({ iss: issuer, sub: userId(user), aud: issuer, username: user }, 30 * day),
    async userOf(refreshToken) {
      const claims = await key.verify(refreshToken, { issuer, audience: issuer }).catch(() => undefined);
      return isUser(claims?.username) ? claims.username : undefined;
    },
    async tokens() {
      const [alice, bob] = await Promise.all(users.map((user) => accessToken(user, day)));
      return { alice: alice!, bob: bob! };
    },
    authenticate: authenticateBy(key),
  };
}
