import { type AttributeValue, type DynamoDBClient, QueryCommand } from '@aws-sdk/client-dynamodb';
import * as z from 'zod';
import type { Job, JobStatus } from '../../core/jobs/job.ts';
import { InvalidCursor, type JobPage } from '../../core/ports/job-store.ts';
import { buried, fromRecord } from './dynamo-records.ts';

/** The id and creation time of the last job of a page. */
const cursorSchema = z
  .string()
  .transform(parsedOrUndefined)
  .pipe(z.tuple([z.string().min(1).max(64), z.iso.datetime()]));

function parsedOrUndefined(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

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
        FilterExpression: status ? '#status = :status' : '#status <> :status',
        ExpressionAttributeNames: { '#owner': 'owner', '#status': 'status' },
        ExpressionAttributeValues: { ':owner': { S: owner }, ':status': { S: status ?? buried } },
        ScanIndexForward: false,
        // One more tells whether there is a next page; a filter may leave few of many.
        Limit: status ? 200 : limit + 1,
        ExclusiveStartKey: from,
      }),
    );
    jobs.push(...Items.map((record) => fromRecord<Job>(record)));
    from = LastEvaluatedKey;
  } while (from && jobs.length <= limit);

  const page = jobs.slice(0, limit);
  return { jobs: page, nextCursor: jobs.length > limit ? encodeCursor(page.at(-1)) : undefined };
}

function encodeCursor(last: Job | undefined): string {
  return Buffer.from(JSON.stringify([last?.jobId, last?.createdAt])).toString('base64url');
}

function decodeCursor(cursor: string, owner: string): Record<string, AttributeValue> {
  const { success, data } = cursorSchema.safeParse(Buffer.from(cursor, 'base64url').toString());
  if (!success) throw new InvalidCursor('The cursor is none that this list gave out.');

  const [jobId, createdAt] = data;
  return {
    pk: { S: `JOB#${jobId}` },
    sk: { S: 'META' },
    owner: { S: owner },
    createdAt: { S: createdAt },
  };
}
