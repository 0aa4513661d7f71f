import type { RequestListener } from 'node:http';
import { namesThisMachine } from '../http-api/loopback-guard.ts';
import { json, redirect, send } from './answer.ts';
import type { LocalIssuer } from './local-issuer.ts';
import { openIdProvider } from './openid-provider.ts';

/**
 * The edge, and beside it the local issuer for its page to sign in at. /config.json is answered here, in the place of the
 * deployed file: that one names no issuer, as the same assembly also runs where nobody signs in.
 */
export function withSignIn(edge: RequestListener, issuer: LocalIssuer): RequestListener {
  const { origin, host, pathname: issuerPath } = new URL(issuer.issuer);
  const pageUrl = `${origin}/`;
  const provider = openIdProvider(issuer, pageUrl);
  const config = json(200, { sign_in: { issuer: issuer.issuer, client_id: issuer.clientId } });

  return (request, response) => {
    const [path = '/'] = (request.url ?? '/').split('?', 1);
    if (!namesThisMachine(request.headers.host)) return edge(request, response);
    if (path.startsWith(`${issuerPath}/`)) return provider(request, response);
    if (path === '/config.json') return send(response, config);
    // By another name of this machine it would be another origin, which the issuer sends nobody back to.
    if (path === '/' && request.headers.host !== host) return send(response, redirect(pageUrl));
    return edge(request, response);
  };
}
