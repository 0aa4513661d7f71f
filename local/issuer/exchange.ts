import { createHash } from 'node:crypto';
import { type Answer, json } from './answer.ts';
import type { Client } from './client.ts';
import { type LocalIssuer, tokenLifeSeconds } from './local-issuer.ts';
import type { OneTimeCodes } from './one-time-codes.ts';

/** The token endpoint: codes and refresh tokens are exchanged for tokens. Errors as in RFC 6749 §5.2. */
export async function exchange(
  form: URLSearchParams,
  client: Client,
  issuer: LocalIssuer,
  codes: OneTimeCodes,
): Promise<Answer> {
  const names = [...form.keys()];
  if (new Set(names).size < names.length || !form.has('grant_type')) return refused('invalid_request');
  if (form.get('client_id') !== client.clientId) return refused('invalid_client');

  switch (form.get('grant_type')) {
    case 'authorization_code': {
      if (!form.get('code') || !form.get('code_verifier')) return refused('invalid_request');
      const grant = codes.redeem(form.get('code') ?? '', Date.now());
      // Codes are issued to one client and one address only, so that those need not be kept with each.
      const fits =
        form.get('redirect_uri') === client.redirectUri &&
        grant?.codeChallenge === challengeOf(form.get('code_verifier') ?? '');
      if (!grant || !fits) return refused('invalid_grant');
      const { user, nonce } = grant;
      return json(200, {
        access_token: await issuer.accessToken(user),
        id_token: await issuer.idToken(user, nonce),
        refresh_token: await issuer.refreshToken(user),
        ...common,
      });
    }
    case 'refresh_token': {
      if (!form.get('refresh_token')) return refused('invalid_request');
      const user = await issuer.userOf(form.get('refresh_token') ?? '');
      if (!user) return refused('invalid_grant');
      return json(200, {
        access_token: await issuer.accessToken(user),
        id_token: await issuer.idToken(user),
        ...common,
      });
    }
    default:
      return refused('unsupported_grant_type');
  }
}

const common = { token_type: 'Bearer', expires_in: tokenLifeSeconds, scope: 'openid' };

const refused = (error: string) => json(400, { error });

const challengeOf = (verifier: string) => createHash('sha256').update(verifier).digest('base64url');
