import { readFile, rename, writeFile } from 'node:fs/promises';
import {
  type CryptoKey,
  calculateJwkThumbprint,
  exportJWK,
  generateKeyPair,
  importJWK,
  type JWK,
  type JWTPayload,
  type JWTVerifyOptions,
  jwtVerify,
  SignJWT,
} from 'jose';

const algorithm = 'RS256';

export interface SigningKey {
  /** What anyone may know of it, to verify what it signed. */
  publicJwk: JWK;
  /** The claims as a JWT that begins to hold now. */
  sign(claims: JWTPayload, lifeSeconds: number): Promise<string>;
  /** The claims of a JWT that this key signed, and that holds now. Throws the errors of jose. */
  verify(token: string, options: JWTVerifyOptions): Promise<JWTPayload>;
}

/** The key in this file, made if there is none: tokens outlive a restart. */
export async function openSigningKey(path: string): Promise<SigningKey> {
  const jwk = await keptKey(path);
  const { kty, n, e } = jwk;
  const kid = await calculateJwkThumbprint(jwk);
  const privateKey = (await importJWK(jwk, algorithm)) as CryptoKey;
  const publicKey = (await importJWK({ kty, n, e }, algorithm)) as CryptoKey;
  return {
    publicJwk: { kty, n, e, kid, alg: algorithm, use: 'sig' },
    sign: (claims, lifeSeconds) =>
      new SignJWT(claims)
        .setProtectedHeader({ alg: algorithm, kid })
        .setIssuedAt()
        .setExpirationTime(`${lifeSeconds}s`)
        .sign(privateKey),
    async verify(token, options) {
      const required = { algorithms: [algorithm], requiredClaims: ['exp'] };
      return (await jwtVerify(token, publicKey, { ...options, ...required })).payload;
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
