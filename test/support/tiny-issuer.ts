import { createHash } from 'node:crypto';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { generateKeyPair, SignJWT } from 'jose';

/** An OpenID provider that signs everybody in at once, by authorization code; it demands PKCE as a real one does. */
export async function startTinyIssuer(clientId: string) {
  const challenges = new Map<string, string>();
  const grants: string[] = [];
  let issuer = '';

  const { privateKey } = await generateKeyPair('RS256');
  const idToken = () =>
    new SignJWT({ sub: 'ada' })
      .setProtectedHeader({ alg: 'RS256' })
      .setIssuer(issuer)
      .setAudience(clientId)
      .setIssuedAt()
      .setExpirationTime('1h')
      .sign(privateKey);

  const server = createServer(async (request, response) => {
    const url = new URL(request.url ?? '/', issuer);
    response.setHeader('access-control-allow-origin', '*');
    response.setHeader('content-type', 'application/json');
    if (url.pathname === '/authorize') {
      challenges.set('the-code', url.searchParams.get('code_challenge') ?? '');
      const back = new URL(url.searchParams.get('redirect_uri') ?? '');
      back.search = new URLSearchParams({
        code: 'the-code',
        state: url.searchParams.get('state') ?? '',
      }).toString();
      return void response.writeHead(302, { location: back.href }).end();
    }
    if (url.pathname !== '/token') {
      const [authorization_endpoint, token_endpoint] = [`${issuer}/authorize`, `${issuer}/token`];
      return void response.end(JSON.stringify({ issuer, authorization_endpoint, token_endpoint }));
    }
    let body = '';
    for await (const chunk of request) body += chunk;
    const form = new URLSearchParams(body);
    grants.push(form.get('grant_type') ?? '');
    const hashed = createHash('sha256')
      .update(form.get('code_verifier') ?? '')
      .digest('base64url');
    if (form.get('grant_type') === 'authorization_code' && hashed !== challenges.get('the-code'))
      return void response.writeHead(400).end(JSON.stringify({ error: 'invalid_grant' }));
    response.end(
      JSON.stringify({
        token_type: 'Bearer',
        access_token: 'opaque',
        id_token: await idToken(),
        refresh_token: 'again',
        // Less than the page's margin: every call finds it stale.
        expires_in: 30,
      }),
    );
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  issuer = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return { issuer, grants, stop: () => server.close() };
}
