import { randomBytes } from 'node:crypto';
import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { secretPrefix } from '../../core/announce/sign-webhook.ts';
import type { WebhookSecret, WebhookSecrets } from '../../core/ports/announcing.ts';
import { dynamoTable } from './dynamo-table.ts';

/** In the jobs table, one record an owner: a secret that costs nothing as long as nobody uses it. */
export function createDynamoWebhookSecrets(dynamo: DynamoDBClient, TableName: string): WebhookSecrets {
  const table = dynamoTable(dynamo, TableName);
  const keyOf = (owner: string) => ({ pk: `OWNER#${owner}`, sk: 'WEBHOOK' });

  return {
    newSecret: () => `${secretPrefix}${randomBytes(32).toString('base64')}`,
    get: (owner) => table.read<WebhookSecret>(keyOf(owner)),
    create: (owner, secret) => table.createOnce({ ...keyOf(owner), ...secret }),
    async replace(owner, former, secret) {
      const { changed } = await table.update(keyOf(owner), { secret: [former] }, { ...secret });
      return changed;
    },
  };
}
