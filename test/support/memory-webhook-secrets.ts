import type { WebhookSecret, WebhookSecrets } from '../../core/ports/announcing.ts';

/** One record an owner, in memory; secrets are made one after the other */
export function memoryWebhookSecrets(): WebhookSecrets {
  const records = new Map<string, WebhookSecret>();
  let made = 0;
  return {
    newSecret() {
      made += 1;
      return `whsec_${Buffer.from(`secret ${made}`).toString('base64')}`;
    },
    get: async (owner) => records.get(owner),
    async create(owner, secret) {
      if (records.has(owner)) return false;
      records.set(owner, secret);
      return true;
    },
    async replace(owner, former, secret) {
      if (records.get(owner)?.secret !== former) return false;
      records.set(owner, secret);
      return true;
    },
  };
}
