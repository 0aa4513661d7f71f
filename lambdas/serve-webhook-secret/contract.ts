import * as z from 'zod';
import type { WebhookSecret } from '../../core/ports/announcing.ts';

export const secretAnswer = z.object({
  secret: z.string().describe('Of all your webhooks: whsec_ and a key in base64'),
  created_at: z.iso.datetime(),
  former_expires_at: z.iso
    .datetime()
    .nullable()
    .describe('Until then calls are signed with the former secret as well; null where there is none'),
});

export function toSecretAnswer(
  { secret, createdAt, former }: WebhookSecret,
  now: string,
): z.output<typeof secretAnswer> {
  const signsStill = former !== undefined && now < former.expiresAt;
  return { secret, created_at: createdAt, former_expires_at: signsStill ? former.expiresAt : null };
}
