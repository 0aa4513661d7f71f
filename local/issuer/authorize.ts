import { type Answer, html, redirect } from './answer.ts';
import type { Client } from './client.ts';
import type { OneTimeCodes } from './one-time-codes.ts';
import { page, signInPage } from './sign-in-page.ts';
import { isUser } from './users.ts';

/**
 * The authorization endpoint (RFC 6749 §4.1, OpenID Connect Core §3.1.2): asks who it is, and sends them back to the
 * page with a code, or with the error's name. Whose page is not known is sent nowhere.
 */
export function authorize(request: URLSearchParams, client: Client, codes: OneTimeCodes): Answer {
  if (!isOf(client, request))
    return html(400, page('Nobody signs in from there', '<p>Open Clipwright’s page and try again.</p>'));
  // `iss`: no other issuer's answer can be taken for this one (RFC 9207).
  const back = (answer: { code: string } | { error: string }) =>
    redirect(client.redirectUri, { ...answer, state: request.get('state'), iss: client.issuer });

  const error = errorIn(request);
  if (error) return back({ error });
  const user = request.get('user');
  if (user === 'stranger') return back({ error: 'access_denied' });
  if (isUser(user)) {
    const nonce = request.get('nonce') ?? undefined;
    const codeChallenge = request.get('code_challenge') ?? '';
    return back({ code: codes.issue({ user, codeChallenge, nonce }, Date.now()) });
  }
  // Nobody stays signed in here: who must not be asked can't be known.
  if (request.get('prompt') === 'none') return back({ error: 'login_required' });
  return html(200, signInPage(request));
}

function isOf({ clientId, redirectUri }: Client, request: URLSearchParams): boolean {
  return (
    request.getAll('client_id').join(' ') === clientId &&
    request.getAll('redirect_uri').join(' ') === redirectUri
  );
}

function errorIn(request: URLSearchParams): string | undefined {
  const names = [...request.keys()];
  if (new Set(names).size < names.length || !request.has('response_type')) return 'invalid_request';
  if (request.get('response_type') !== 'code') return 'unsupported_response_type';
  if (!request.get('scope')?.split(' ').includes('openid')) return 'invalid_scope';
  const challenged =
    request.get('code_challenge_method') === 'S256' &&
    /^[\w-]{43}$/.test(request.get('code_challenge') ?? '');
  return challenged ? undefined : 'invalid_request';
}
