import { env } from './env.ts';

/** Bundled in the place of `@aws-sdk/credential-provider-node`, under its name; see lib/bundle-functions.ts. */
export const defaultProvider = () => async () => env.credentials();
