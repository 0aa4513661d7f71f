import { createHash } from 'node:crypto';
import { readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import {
  calculateJwkThumbprint,
  exportJWK,
  generateKeyPair,
  importJWK,
  type JWK,
  type JWTPayload,
  jwtVerify,
  SignJWT,
} from 'jose';
import type { JwtAuthorizer } from './api-definition.ts';
import { type Authenticate, AuthenticationError } from './authenticate.ts';

const algorithm = 'RS256';
const users = ['alice', 'bob'] as const;
const tokenLifeSeconds = 24 * 3600;

export interface LocalIssuer {
  /** A token of each user, good for a day. */
  tokens(): Promise<Record<(typeof users)[number], string>>;
  /** Verifies signature, issuer, audience, times and scopes, as API Gateway's JWT authorizer does. */
  authenticate: Authenticate;
}

/** Stands for the user pool: signs access tokens like Cognito's, with a key that is kept in `dataDir`. */
export async function openLocalIssuer(dataDir: string, authorizer: JwtAuthorizer): Promise<LocalIssuer> {
  const jwk = await keptKey(join(dataDir, 'issuer-key.json'));
  const key = await importJWK(jwk, algorithm);
  const publicKey = await importJWK({ kty: jwk.kty, n: jwk.n, e: jwk.e }, algorithm);
  const kid = await calculateJwkThumbprint(jwk);

  async function tokenOf(username: string): Promise<string> {
    return new SignJWT({
      token_use: 'access',
      username,
      client_id: authorizer.audience[0],
      scope: authorizer.scopes.join(' '),
    })
      .setProtectedHeader({ alg: algorithm, kid })
      .setSubject(userId(username))
      .setIssuer(authorizer.issuer)
      .setIssuedAt()
      .setExpirationTime(`${tokenLifeSeconds}s`)
      .sign(key);
  }

  return {
    async tokens() {
      const [alice, bob] = await Promise.all(users.map(tokenOf));
      return { alice: alice!, bob: bob! };
    },

    async authenticate({ issuer, audience, scopes: needed }, authorization = '') {
      const token = authorization.replace(/^Bearer /i, '');
      const options = { issuer, algorithms: [algorithm], requiredClaims: ['exp'] };
      const verified = await jwtVerify(token, publicKey, options).catch(() => {
        throw new AuthenticationError(401);
      });
      const { payload } = verified;
      // Access tokens of Cognito name their client in `client_id`; API Gateway looks there where there is no `aud`.
      const named = [payload.aud ?? payload.client_id].flat();
      if (!audience.some((each) => named.includes(each))) throw new AuthenticationError(401);

      const scopes = typeof payload.scope === 'string' ? payload.scope.split(' ').filter(Boolean) : [];
      if (needed.length > 0 && !needed.some((scope) => scopes.includes(scope)))
        throw new AuthenticationError(403);
      return { claims: asStrings(payload), scopes: needed.length > 0 ? scopes : null };
    },
  };
}

async function keptKey(path: string): Promise<JWK> {
  try {
    return JSON.parse(await readFile(path, 'utf8')) as JWK;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
  }
  const { privateKey } = await generateKeyPair(algorithm, { extractable: true });
  const jwk = await exportJWK(privateKey);
  await writeFile(`${path}.new`, JSON.stringify(jwk), { mode: 0o600 });
  await rename(`${path}.new`, path);
  return jwk;
}

/** Always the same for a user, and shaped like the `sub` of Cognito. */
function userId(username: string): string {
  const hex = createHash('sha256').update(username).digest('hex');
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20, 32)].join(
    '-',
  );
}

const asStrings = (payload: JWTPayload) =>
  Object.fromEntries(
    Object.entries(payload).map(([name, value]) => [
      name,
      Array.isArray(value) ? `[${value.join(' ')}]` : String(value),
    ]),
  );
