import {
  ConditionalCheckFailedException,
  type DynamoDBClient,
  UpdateItemCommand,
} from '@aws-sdk/client-dynamodb';
import type { Usage, UsageStore } from '../../core/ports/usage-store.ts';
import { toRecord } from './dynamo-records.ts';
import { dynamoTable } from './dynamo-table.ts';

/** An expression may be 4 KB long. */
const mostDropped = 100;

/** Usage in the jobs table, one record an owner; docs/adr/0016-quotas.md. */
export function createDynamoUsageStore(
  dynamo: DynamoDBClient,
  TableName: string,
  quotas: UsageStore['quotas'],
): UsageStore {
  const table = dynamoTable(dynamo, TableName);
  const keyOf = (owner: string) => ({ pk: `OWNER#${owner}`, sk: 'USAGE' });

  async function update(owner: string, expression: Expression): Promise<boolean> {
    const { names, values, update: UpdateExpression, condition: ConditionExpression } = expression;
    try {
      await dynamo.send(
        new UpdateItemCommand({
          TableName,
          Key: toRecord(keyOf(owner)),
          UpdateExpression,
          ConditionExpression,
          ExpressionAttributeNames: names,
          ExpressionAttributeValues: values && toRecord(values),
        }),
      );
      return true;
    } catch (error) {
      if (error instanceof ConditionalCheckFailedException) return false;
      throw error;
    }
  }

  return {
    quotas,
    get: (owner) => table.read<Usage>(keyOf(owner)),

    async add(owner, { run, sizeBytes, day, at }) {
      const room = quotas.dailyBytes - sizeBytes;
      if (room < 0) return false;

      const names = { '#day': 'day', '#bytes': 'bytes', '#active': 'active', '#run': run };
      const values = { ':day': day, ':size': sizeBytes, ':jobs': quotas.activeJobs, ':at': at };
      const hasPlace = 'size(#active) < :jobs AND attribute_not_exists(#active.#run)';
      const onSameDay = {
        names,
        values: { ...values, ':room': room },
        update: 'SET #active.#run = :at ADD #bytes :size',
        condition: `#day = :day AND #bytes <= :room AND ${hasPlace}`,
      };
      const onNewDay = {
        names,
        values,
        update: 'SET #active.#run = :at, #day = :day, #bytes = :size',
        condition: `#day < :day AND ${hasPlace}`,
      };
      const first: Usage = { day, bytes: sizeBytes, active: { [run]: at } };
      return (
        (await update(owner, onSameDay)) ||
        (await update(owner, onNewDay)) ||
        (await table.createOnce({ ...keyOf(owner), ...first }))
      );
    },

    async drop(owner, runs) {
      const dropped = runs.slice(0, mostDropped);
      const removals = dropped.map((_, index) => `#active.#run${index}`);
      await update(owner, {
        names: {
          '#active': 'active',
          ...Object.fromEntries(dropped.map((run, index) => [`#run${index}`, run])),
        },
        update: `REMOVE ${removals.join(', ')}`,
        condition: 'attribute_exists(#active)',
      });
    },
  };
}

interface Expression {
  names: Record<string, string>;
  values?: Record<string, unknown>;
  update: string;
  condition: string;
}
