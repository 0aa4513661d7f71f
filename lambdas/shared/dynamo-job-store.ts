import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { unmarshall } from '@aws-sdk/util-dynamodb';
import { type Clip, isOpen, type Job, type Tombstone } from '../../core/jobs/job.ts';
import type { Change, Changes, ExpectedJob, JobStore, TimelineEntry } from '../../core/ports/job-store.ts';
import { listByOwner } from './dynamo-owner-index.ts';
import { buried, fromRecord } from './dynamo-records.ts';
import { dynamoTable, type Key } from './dynamo-table.ts';

/** What the sparse index `open` holds: jobs that have not ended, and tombstones. */
type Mark = 'OPEN' | 'BURIED';

const jobKey = (jobId: string): Key => ({ pk: `JOB#${jobId}`, sk: 'META' });
const clipKey = (jobId: string, clipNumber: number): Key => ({
  pk: `JOB#${jobId}`,
  sk: `CLIP#${String(clipNumber).padStart(3, '0')}`,
});

/** A sort key has room for 1024 bytes. */
const eventKey = (jobId: string, at: string, text: string): Key => ({
  pk: jobKey(jobId).pk,
  sk: `EVENT#${at}#${text.slice(0, 200)}`,
});

/** The jobs table: one record a job (`META`), one a clip, one a line of its timeline; docs/design.md §4. */
export function createDynamoJobStore(dynamo: DynamoDBClient, TableName: string): JobStore {
  const table = dynamoTable(dynamo, TableName);

  async function changeJob(
    jobId: string,
    { status, attempt, cleanup, announcement }: ExpectedJob,
    set: Record<string, unknown>,
  ): Promise<Change<Job>> {
    const expected = { status, attempt: [attempt], cleanup, announcement };
    const change = await table.update<Job>(jobKey(jobId), expected, set);
    return change.changed ? change : { changed: false, now: unlessBuried(change.now) };
  }

  async function* listMarked<T>(mark: Mark): AsyncIterable<T> {
    const records = table.query({
      IndexName: 'open',
      KeyConditionExpression: '#open = :mark',
      ExpressionAttributeNames: { '#open': 'open' },
      ExpressionAttributeValues: { ':mark': { S: mark } },
    });
    for await (const record of records) yield fromRecord<T>(record);
  }

  return {
    create: (job) => table.createOnce({ ...jobKey(job.jobId), ...job, open: 'OPEN' satisfies Mark }),
    get: async (jobId) => unlessBuried(await table.read<Job>(jobKey(jobId))),
    change: (jobId, expected, set) => changeJob(jobId, expected, { ...set, open: openMark(expected, set) }),
    listByOwner: (owner, page) => listByOwner(dynamo, TableName, owner, page),
    listOpen: () => listMarked<Job>('OPEN'),

    async createClips(clips) {
      await Promise.all(
        clips.map((clip) => table.createOnce({ ...clipKey(clip.jobId, clip.clipNumber), ...clip })),
      );
    },

    async getClips(jobId) {
      const records = table.query({
        KeyConditionExpression: 'pk = :pk AND begins_with(sk, :clip)',
        ExpressionAttributeValues: { ':pk': { S: jobKey(jobId).pk }, ':clip': { S: 'CLIP#' } },
        ConsistentRead: true,
      });
      return (await Array.fromAsync(records)).map((record) => fromRecord<Clip>(record));
    },

    changeClip: ({ jobId, clipNumber }, { status, attempt }, set) =>
      table.update<Clip>(clipKey(jobId, clipNumber), { status, attempt: [attempt] }, { ...set }),

    note: (jobId, at, text) => table.put({ ...eventKey(jobId, at, text), at, text }),

    async timeline(jobId, limit) {
      const records = table.query({
        KeyConditionExpression: 'pk = :pk AND begins_with(sk, :event)',
        ExpressionAttributeValues: { ':pk': { S: jobKey(jobId).pk }, ':event': { S: 'EVENT#' } },
        ScanIndexForward: false,
        Limit: limit,
      });
      const latest: TimelineEntry[] = [];
      for await (const record of records) {
        latest.push(fromRecord<TimelineEntry>(record));
        if (latest.length === limit) break;
      }
      return latest.reverse();
    },

    bury: (jobId, expected, at) =>
      changeJob(jobId, expected, {
        status: buried,
        open: 'BURIED' satisfies Mark,
        updatedAt: at,
      }),
    async getBuried(jobId) {
      const record = await table.read<Job>(jobKey(jobId));
      return isBuried(record) ? record : undefined;
    },
    listBuried: () => listMarked<Tombstone>('BURIED'),

    async eraseRecords(jobId) {
      const records = table.query({
        KeyConditionExpression: 'pk = :pk',
        ExpressionAttributeValues: { ':pk': { S: jobKey(jobId).pk } },
        ProjectionExpression: 'pk, sk',
        ConsistentRead: true,
      });
      const keys = (await Array.fromAsync(records)).map((record) => unmarshall(record) as Key);
      await Promise.all(keys.filter(({ sk }) => sk !== jobKey(jobId).sk).map(table.delete));
    },

    forget: (jobId) => table.delete(jobKey(jobId)),
  };
}

/** Whether the change opens or closes the job: the mark, or null to take it away. What it leaves alone is as expected. */
function openMark(expected: ExpectedJob, set: Changes<Job>): Mark | null | undefined {
  if (!set.status && !set.cleanup && !set.announcement) return undefined;
  const status = set.status ?? expected.status[0] ?? 'completed';
  const cleanup = set.cleanup ?? expected.cleanup?.[0] ?? 'none';
  const announcement = set.announcement ?? expected.announcement?.[0];
  return isOpen({ status, cleanup, announcement }) ? 'OPEN' : null;
}

function unlessBuried(job: Job | undefined): Job | undefined {
  return isBuried(job) ? undefined : job;
}

function isBuried(job: Job | undefined): boolean {
  return (job?.status as string) === buried;
}
