import type { IncomingMessage, RequestListener } from 'node:http';
import { readBody } from '../http-api/read-body.ts';
import { type Answer, html, json, redirect, send } from './answer.ts';
import { authorize } from './authorize.ts';
import type { Client } from './client.ts';
import { exchange } from './exchange.ts';
import type { LocalIssuer } from './local-issuer.ts';
import { OneTimeCodes } from './one-time-codes.ts';
import { page } from './sign-in-page.ts';

type Endpoint = (parameters: URLSearchParams) => Answer | Promise<Answer>;

const formLimitBytes = 64 * 1024;

/** The local issuer as an OpenID provider, at the path of its own address: discovery, keys, sign-in, tokens, sign-out. */
export function openIdProvider(issuer: LocalIssuer, redirectUri: string): RequestListener {
  const client: Client = { issuer: issuer.issuer, clientId: issuer.clientId, redirectUri };
  const codes = new OneTimeCodes();
  const { pathname: root } = new URL(issuer.issuer);
  const endpoints: Record<string, Endpoint> = {
    [`GET ${root}/.well-known/openid-configuration`]: () => json(200, metadataOf(issuer.issuer)),
    [`GET ${root}/jwks`]: () => json(200, { keys: [issuer.publicJwk] }),
    [`GET ${root}/authorize`]: (query) => authorize(query, client, codes),
    [`POST ${root}/token`]: (form) => exchange(form, client, issuer, codes),
    [`GET ${root}/logout`]: (query) => leave(query, client),
  };

  return async (request, response) => {
    send(response, await answer(endpoints, request).catch(() => json(500, { error: 'server_error' })));
  };
}

async function answer(endpoints: Record<string, Endpoint>, request: IncomingMessage): Promise<Answer> {
  const [path = '', query = ''] = (request.url ?? '').split(/\?(.*)/s, 2);
  const body = await readBody(request, formLimitBytes);
  const endpoint = endpoints[`${request.method} ${path}`];
  if (!endpoint) return json(404, { error: 'not_found' });
  if (!body) return json(413, { error: 'invalid_request' });
  return endpoint(new URLSearchParams(request.method === 'POST' ? body.toString() : query));
}

/** Of OpenID Connect Discovery 1.0 §3, and of RFC 8414 what concerns PKCE. */
const metadataOf = (issuer: string) => ({
  issuer,
  authorization_endpoint: `${issuer}/authorize`,
  token_endpoint: `${issuer}/token`,
  jwks_uri: `${issuer}/jwks`,
  end_session_endpoint: `${issuer}/logout`,
  scopes_supported: ['openid'],
  response_types_supported: ['code'],
  response_modes_supported: ['query'],
  grant_types_supported: ['authorization_code', 'refresh_token'],
  subject_types_supported: ['public'],
  id_token_signing_alg_values_supported: ['RS256'],
  token_endpoint_auth_methods_supported: ['none'],
  code_challenge_methods_supported: ['S256'],
  authorization_response_iss_parameter_supported: true,
});

/** Nobody stays signed in here, so there is nothing to end but the way back. */
function leave(query: URLSearchParams, { clientId, redirectUri }: Client): Answer {
  const known = query.get('client_id') === clientId && query.get('post_logout_redirect_uri') === redirectUri;
  return known
    ? redirect(redirectUri, { state: query.get('state') })
    : html(200, page('You are signed out', ''));
}
