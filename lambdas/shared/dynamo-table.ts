import {
  type AttributeValue,
  ConditionalCheckFailedException,
  DeleteItemCommand,
  type DynamoDBClient,
  GetItemCommand,
  PutItemCommand,
  QueryCommand,
  type QueryCommandInput,
  UpdateItemCommand,
} from '@aws-sdk/client-dynamodb';
import type { Change } from '../../core/ports/job-store.ts';
import { fromRecord, toRecord } from './dynamo-records.ts';
import { updateExpression } from './dynamo-update-expression.ts';

/** A primary key. */
export type Key = { pk: string; sk: string };

/** The few calls that we make of a table, in our own types. */
export function dynamoTable(dynamo: DynamoDBClient, TableName: string) {
  async function read<T>(key: Key): Promise<T | undefined> {
    const { Item } = await dynamo.send(
      new GetItemCommand({ TableName, Key: toRecord(key), ConsistentRead: true }),
    );
    return Item && fromRecord<T>(Item);
  }

  return {
    read,

    async put(record: Record<string, unknown>): Promise<void> {
      await dynamo.send(new PutItemCommand({ TableName, Item: toRecord(record) }));
    },

    /** Answers false, and changes nothing, if the key is taken. */
    async createOnce(record: Record<string, unknown>): Promise<boolean> {
      try {
        const ConditionExpression = 'attribute_not_exists(pk)';
        await dynamo.send(new PutItemCommand({ TableName, Item: toRecord(record), ConditionExpression }));
        return true;
      } catch (error) {
        if (error instanceof ConditionalCheckFailedException) return false;
        throw error;
      }
    },

    /** One conditional update of one record. */
    async update<T>(
      key: Key,
      expected: Record<string, readonly unknown[] | undefined>,
      set: Record<string, unknown>,
    ): Promise<Change<T>> {
      const update = updateExpression(expected, set);
      try {
        const { Attributes = {} } = await dynamo.send(
          new UpdateItemCommand({ TableName, Key: toRecord(key), ...update, ReturnValues: 'ALL_NEW' }),
        );
        return { changed: true, now: fromRecord<T>(Attributes) };
      } catch (error) {
        if (!(error instanceof ConditionalCheckFailedException)) throw error;
        return { changed: false, now: await read<T>(key) };
      }
    },

    /** All records that a query finds, read page by page, with the table's own attributes. */
    async *query(
      query: Omit<QueryCommandInput, 'TableName' | 'ExclusiveStartKey'>,
    ): AsyncIterable<Record<string, AttributeValue>> {
      let from: Record<string, AttributeValue> | undefined;
      do {
        const { Items = [], LastEvaluatedKey } = await dynamo.send(
          new QueryCommand({ ...query, TableName, ExclusiveStartKey: from }),
        );
        yield* Items;
        from = LastEvaluatedKey;
      } while (from);
    },

    async delete(key: Key): Promise<void> {
      await dynamo.send(new DeleteItemCommand({ TableName, Key: toRecord(key) }));
    },
  };
}
