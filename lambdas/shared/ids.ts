import { createHash, randomUUID } from 'node:crypto';
import type { Ids } from '../../core/ports/ids.ts';

/** Job ids are UUIDs; those derived from a text have the same form. */
export const ids: Ids = {
  newJobId: () => randomUUID(),
  jobIdOf: (text) => sha256(text).replace(/^(.{8})(.{4}).(.{3}).(.{3})(.{12}).*$/, '$1-$2-8$3-a$4-$5'),
  ownerHash: (owner) => sha256(owner).slice(0, 32),
  digest: sha256,
};

export function isJobId(text: string): boolean {
  return /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(text);
}

function sha256(content: string | Uint8Array): string {
  return createHash('sha256').update(content).digest('hex');
}
