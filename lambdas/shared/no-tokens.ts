/**
 * Bundled in the place of `@aws-sdk/token-providers`, under its names; see lib/bundle-functions.ts. The Bedrock client
 * could sign in with a token, too; a function has none, but the keys of its role. That package loads its parts when it
 * needs them, for which esbuild would wrap all that they share with the rest of the SDK, in the bundle of every function.
 */
export const fromEnvSigningName = () => noToken;
export const nodeProvider = () => noToken;

async function noToken(): Promise<never> {
  throw new Error('A function has no token: it signs with the keys of its role.');
}
