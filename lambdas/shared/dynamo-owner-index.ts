import { type AttributeValue, type DynamoDBClient, QueryCommand } from '@aws-sdk/client-dynamodb';
import type { Job, JobStatus } from '../../core/jobs/job.ts';
import { InvalidCursor, type JobPage } from '../../core/ports.ts';
import { fromRecord } from './dynamo-records.ts';

type Key = Record<string, AttributeValue>;

/**
 * A page of an owner's jobs, newest first. With a status the index is read on until the page is full.
 * @throws InvalidCursor
 */
export async function listByOwner(
  dynamo: DynamoDBClient,
  TableName: string,
  owner: string,
  { limit, cursor, status }: { limit: number; cursor?: string; status?: JobStatus },
): Promise<JobPage> {
  const jobs: Job[] = [];
  let from = cursor === undefined ? undefined : decodeCursor(cursor, owner);
  do {
    const { Items = [], LastEvaluatedKey } = await dynamo.send(
      new QueryCommand({
        TableName,
        IndexName: 'owner',
        KeyConditionExpression: '#owner = :owner',
        ExpressionAttributeNames: { '#owner': 'owner', ...(status && { '#status': 'status' }) },
        ExpressionAttributeValues: { ':owner': { S: owner }, ...(status && { ':status': { S: status } }) },
        ...(status && { FilterExpression: '#status = :status' }),
        ScanIndexForward: false,
        // No more than are missing, so that the last key read is the last job answered.
        Limit: limit - jobs.length,
        ExclusiveStartKey: from,
      }),
    );
    jobs.push(...Items.map((record) => fromRecord<Job>(record)));
    from = LastEvaluatedKey;
  } while (from && jobs.length < limit);

  return { jobs, nextCursor: from && encodeCursor(from) };
}

function encodeCursor(key: Key): string {
  return Buffer.from(JSON.stringify([key.pk?.S, key.createdAt?.S])).toString('base64url');
}

function decodeCursor(cursor: string, owner: string): Key {
  try {
    const [pk, createdAt] = JSON.parse(Buffer.from(cursor, 'base64url').toString()) as unknown[];
    if (typeof pk === 'string' && typeof createdAt === 'string' && pk.startsWith('JOB#')) {
      return { pk: { S: pk }, sk: { S: 'META' }, owner: { S: owner }, createdAt: { S: createdAt } };
    }
  } catch {
    // Not JSON: refused below like all others.
  }
  throw new InvalidCursor('The cursor is none that this list gave out.');
}
