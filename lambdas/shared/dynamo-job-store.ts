import {
  type AttributeValue,
  ConditionalCheckFailedException,
  type DynamoDBClient,
  GetItemCommand,
  PutItemCommand,
  QueryCommand,
  UpdateItemCommand,
} from '@aws-sdk/client-dynamodb';
import { type Clip, isOpen, type Job } from '../../core/jobs/job.ts';
import type { Change, JobStore } from '../../core/ports.ts';
import { listByOwner } from './dynamo-owner-index.ts';
import { fromRecord, toRecord } from './dynamo-records.ts';
import { updateExpression } from './dynamo-update-expression.ts';

const jobKey = (jobId: string) => ({ pk: `JOB#${jobId}`, sk: 'META' });
const clipKey = (jobId: string, clipNumber: number) => ({
  pk: `JOB#${jobId}`,
  sk: `CLIP#${String(clipNumber).padStart(3, '0')}`,
});

/** The jobs table: one record a job (`META`), one a clip, one a line of its timeline; docs/design.md §4. */
export function createDynamoJobStore(dynamo: DynamoDBClient, TableName: string): JobStore {
  async function read<T>(key: Record<string, string>): Promise<T | undefined> {
    const { Item } = await dynamo.send(
      new GetItemCommand({ TableName, Key: toRecord(key), ConsistentRead: true }),
    );
    return Item && fromRecord<T>(Item);
  }

  async function createOnce(record: Record<string, unknown>): Promise<boolean> {
    try {
      const ConditionExpression = 'attribute_not_exists(pk)';
      await dynamo.send(new PutItemCommand({ TableName, Item: toRecord(record), ConditionExpression }));
      return true;
    } catch (error) {
      if (error instanceof ConditionalCheckFailedException) return false;
      throw error;
    }
  }

  /** One conditional update of one record. */
  async function update<T>(
    key: Record<string, string>,
    expected: Record<string, readonly unknown[] | undefined>,
    set: Record<string, unknown>,
    remove: string[] = [],
  ): Promise<Change<T>> {
    const update = updateExpression(expected, set, remove);
    try {
      const { Attributes = {} } = await dynamo.send(
        new UpdateItemCommand({ TableName, Key: toRecord(key), ...update, ReturnValues: 'ALL_NEW' }),
      );
      return { changed: true, now: fromRecord<T>(Attributes) };
    } catch (error) {
      if (!(error instanceof ConditionalCheckFailedException)) throw error;
      return { changed: false, now: await read<T>(key) };
    }
  }

  return {
    create: (job) => createOnce({ ...jobKey(job.jobId), ...job, open: 'OPEN' }),
    get: (jobId) => read<Job>(jobKey(jobId)),

    change(jobId, { status, attempt, cleanup }, set) {
      const mark = openMark(set);
      return update<Job>(
        jobKey(jobId),
        { status, attempt: [attempt], cleanup },
        { ...set, ...(mark === 'open' && { open: 'OPEN' }) },
        mark === 'closed' ? ['open'] : [],
      );
    },

    listByOwner: (owner, page) => listByOwner(dynamo, TableName, owner, page),

    async *listOpen() {
      let from: Record<string, AttributeValue> | undefined;
      do {
        const { Items = [], LastEvaluatedKey } = await dynamo.send(
          new QueryCommand({
            TableName,
            IndexName: 'open',
            KeyConditionExpression: '#open = :open',
            ExpressionAttributeNames: { '#open': 'open' },
            ExpressionAttributeValues: { ':open': { S: 'OPEN' } },
            ExclusiveStartKey: from,
          }),
        );
        yield* Items.map((record) => fromRecord<Job>(record));
        from = LastEvaluatedKey;
      } while (from);
    },

    async createClips(clips) {
      await Promise.all(
        clips.map((clip) => createOnce({ ...clipKey(clip.jobId, clip.clipNumber), ...clip })),
      );
    },

    async getClips(jobId) {
      // At most 50 of them, a few hundred bytes each: one page.
      const { Items = [] } = await dynamo.send(
        new QueryCommand({
          TableName,
          KeyConditionExpression: 'pk = :pk AND begins_with(sk, :clip)',
          ExpressionAttributeValues: { ':pk': { S: jobKey(jobId).pk }, ':clip': { S: 'CLIP#' } },
          ConsistentRead: true,
        }),
      );
      return Items.map((record) => fromRecord<Clip>(record));
    },

    changeClip: ({ jobId, clipNumber }, { status, attempt }, set) =>
      update<Clip>(clipKey(jobId, clipNumber), { status, attempt: [attempt] }, { ...set }),

    async note(jobId, at, text) {
      const record = { pk: jobKey(jobId).pk, sk: `EVENT#${at}#${text}`, at, text };
      await dynamo.send(new PutItemCommand({ TableName, Item: toRecord(record) }));
    },
  };
}

/** Whether the change opens or closes the job; the sparse index holds open ones only. */
function openMark({ status, cleanup = 'none' }: Partial<Job>): 'open' | 'closed' | undefined {
  if (status) return isOpen({ status, cleanup }) ? 'open' : 'closed';
  if (cleanup !== 'none') return isOpen({ status: 'completed', cleanup }) ? 'open' : 'closed';
  return undefined;
}
