import { createHmac } from 'node:crypto';
import type { WebhookSecret } from '../ports/announcing.ts';

export const secretPrefix = 'whsec_';

export interface WebhookMessage {
  /** The same for every try. */
  id: string;
  /** Of this try; receivers refuse old ones. */
  timestampSeconds: number;
  body: string;
}

/** The headers of a signed call. https://www.standardwebhooks.com */
export function signedHeaders(message: WebhookMessage, secrets: string[]): Record<string, string> {
  return {
    'content-type': 'application/json',
    'webhook-id': message.id,
    'webhook-timestamp': String(message.timestampSeconds),
    'webhook-signature': secrets.map((secret) => signature(message, secret)).join(' '),
  };
}

/** Those that sign now: the former one as well, until it expires. */
export function signingSecrets({ secret, former }: WebhookSecret, now: string): string[] {
  return former && now < former.expiresAt ? [secret, former.secret] : [secret];
}

function signature({ id, timestampSeconds, body }: WebhookMessage, secret: string): string {
  const key = Buffer.from(secret.slice(secretPrefix.length), 'base64');
  const digest = createHmac('sha256', key).update(`${id}.${timestampSeconds}.${body}`).digest('base64');
  return `v1,${digest}`;
}
