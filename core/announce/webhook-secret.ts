import { limits } from '../limits.ts';
import type { WebhookSecret, WebhookSecrets } from '../ports/announcing.ts';

/** What an owner's webhooks are signed with; made when first asked for, once, however many ask at a time. */
export async function secretOf(secrets: WebhookSecrets, owner: string, now: string): Promise<WebhookSecret> {
  const known = await secrets.get(owner);
  if (known) return known;

  const made: WebhookSecret = { secret: secrets.newSecret(), createdAt: now };
  if (await secrets.create(owner, made)) return made;
  return secretOf(secrets, owner, now);
}

/**
 * A new secret; the one of before signs as well for a day. Who comes second of two at a time, or within a minute, gets
 * what the first made: a second click, or a lost answer asked for again, must not cost that day.
 */
export async function rotateSecret(
  secrets: WebhookSecrets,
  owner: string,
  now: string,
): Promise<WebhookSecret> {
  const known = await secretOf(secrets, owner, now);
  const ageSeconds = (Date.parse(now) - Date.parse(known.createdAt)) / 1000;
  if (known.former && ageSeconds < limits.webhook.rotatedAgainSeconds) return known;

  const expiresAt = new Date(Date.parse(now) + limits.webhook.formerSecretSeconds * 1000).toISOString();
  const made: WebhookSecret = {
    secret: secrets.newSecret(),
    createdAt: now,
    former: { secret: known.secret, expiresAt },
  };
  if (await secrets.replace(owner, known.secret, made)) return made;
  return secretOf(secrets, owner, now);
}
