import { createHash } from 'node:crypto';
import { afterEach, beforeEach } from '@jest/globals';
import { type LocalIssuer, openLocalIssuer } from '../../local/issuer/local-issuer.ts';
import { withSignIn } from '../../local/issuer/with-sign-in.ts';
import { type Front, listen } from '../../local/listen.ts';
import { temporaryFolders } from './temporary-folder.ts';

export const verifier = 'a-verifier-that-only-the-page-knows-0123456789';
const challenge = createHash('sha256').update(verifier).digest('base64url');

/** Parameters in place of those that are fine; undefined: left out. */
type Changed = Record<string, string | undefined>;

/** The local issuer before a page, for each test of a file, and what such a page asks it. */
export function issuerPerTest() {
  const newFolder = temporaryFolders();
  let front: Front;
  let issuer: LocalIssuer;
  beforeEach(async () => {
    front = await listen(0);
    issuer = await openLocalIssuer(newFolder(), authorizer());
    front.serve(withSignIn((_request, response) => response.end('the page'), issuer));
  });
  afterEach(() => front.stop());

  const authorizer = () => ({ issuer: `${front.url}/local-issuer`, audience: ['the-page'], scopes: [] });
  const page = () => `${front.url}/`;
  const fine = () => ({
    client_id: 'the-page',
    redirect_uri: page(),
    response_type: 'code',
    scope: 'openid',
    state: 'the-state',
    code_challenge: challenge,
    code_challenge_method: 'S256',
  });

  function authorize(changed: Changed = {}) {
    const given = Object.entries({ ...fine(), ...changed }).filter(
      (pair): pair is [string, string] => !!pair[1],
    );
    return fetch(`${front.url}/local-issuer/authorize?${new URLSearchParams(given)}`, { redirect: 'manual' });
  }

  /** What the page is sent back with. */
  async function sentBack(changed: Changed) {
    const { searchParams } = new URL((await authorize(changed)).headers.get('location') ?? '');
    return Object.fromEntries(searchParams);
  }

  const aCode = async (user = 'alice') => (await sentBack({ user })).code ?? '';

  async function exchange(form: Record<string, string>): Promise<[number, Record<string, unknown>]> {
    const body = new URLSearchParams(form);
    const response = await fetch(`${front.url}/local-issuer/token`, { method: 'POST', body });
    return [response.status, (await response.json()) as Record<string, unknown>];
  }

  /** The form that brings a code to the token endpoint. */
  const withCode = (code: string) => ({
    grant_type: 'authorization_code',
    client_id: 'the-page',
    redirect_uri: page(),
    code_verifier: verifier,
    code,
  });

  /** Whom the API takes the bearer of this token for. */
  const subOf = async (token: unknown) =>
    (await issuer.authenticate(authorizer(), `Bearer ${token}`)).claims.sub;

  return {
    url: () => front.url,
    issuer: () => issuer,
    page,
    authorize,
    sentBack,
    aCode,
    exchange,
    withCode,
    subOf,
  };
}
