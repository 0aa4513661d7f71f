import { createHash } from 'node:crypto';

/** Who can sign in on this machine; no password stands between one and the other. */
export const users = ['alice', 'bob'] as const;
export type User = (typeof users)[number];

export const isUser = (name: unknown): name is User => users.some((user) => user === name);

/** Always the same for a user, and shaped like the `sub` of Cognito. */
export function userId(user: User): string {
  const hex = createHash('sha256').update(user).digest('hex');
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20, 32)].join(
    '-',
  );
}
