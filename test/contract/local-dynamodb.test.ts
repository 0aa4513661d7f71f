import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { promisify } from 'node:util';
import {
  BatchGetItemCommand,
  BatchWriteItemCommand,
  DescribeTableCommand,
  DynamoDBClient,
  type DynamoDBClientConfig,
  GetItemCommand,
  PutItemCommand,
  QueryCommand,
  ScanCommand,
  TransactWriteItemsCommand,
  UpdateItemCommand,
} from '@aws-sdk/client-dynamodb';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import dynalite from 'dynalite/db/index.js';
import { openEngine } from '../../local/dynamodb/engine.ts';
import { startDynamoDb } from '../../local/dynamodb/start-dynamodb.ts';
import type { TableProperties } from '../../local/dynamodb/tables.ts';
import { accountId, type LocalService, region } from '../../local/types.ts';
import { anAccess, roleArn } from '../support/access.ts';

const tablesArn = `arn:aws:dynamodb:${region}:${accountId}:table`;
const tableArn = `${tablesArn}/jobs`;
const aTable: TableProperties = {
  TableName: 'jobs',
  BillingMode: 'PAY_PER_REQUEST',
  AttributeDefinitions: ['pk', 'sk', 'owner', 'created_at'].map((AttributeName) => ({
    AttributeName,
    AttributeType: 'S',
  })),
  KeySchema: [
    { AttributeName: 'pk', KeyType: 'HASH' },
    { AttributeName: 'sk', KeyType: 'RANGE' },
  ],
  GlobalSecondaryIndexes: [
    {
      IndexName: 'owner',
      KeySchema: [
        { AttributeName: 'owner', KeyType: 'HASH' },
        { AttributeName: 'created_at', KeyType: 'RANGE' },
      ],
      Projection: { ProjectionType: 'ALL' },
    },
  ],
  TimeToLiveSpecification: { AttributeName: 'expires_at', Enabled: true },
};
const { access, credentialsOf, owner } = anAccess({
  reader: [{ Effect: 'Allow', Action: ['dynamodb:GetItem', 'dynamodb:BatchGetItem'], Resource: tableArn }],
  lister: [{ Effect: 'Allow', Action: 'dynamodb:Query', Resource: `${tableArn}/index/owner` }],
});

let dataDir: string;
let service: LocalService;

const start = (tables = [aTable]) => startDynamoDb({ dataDir, port: 0, access, tables });
const clientOf = (credentials: DynamoDBClientConfig['credentials'] = owner) =>
  new DynamoDBClient({ endpoint: service.url, region, credentials, maxAttempts: 1 });
const aJob = (id: string, more: Record<string, { S: string }> = {}) => ({
  pk: { S: `JOB#${id}` },
  sk: { S: 'META' },
  ...more,
});
const keyOf = (id: string) => ({ TableName: 'jobs', Key: aJob(id) });

beforeEach(async () => {
  dataDir = await mkdtemp(join(tmpdir(), 'dynamodb-'));
  service = await start();
});
afterEach(async () => {
  await service.stop();
  await rm(dataDir, { recursive: true });
});

describe('the local DynamoDB', () => {
  it('makes the tables of the template and answers with their real ARN', async () => {
    const { Table } = await clientOf().send(new DescribeTableCommand({ TableName: 'jobs' }));

    expect(Table).toMatchObject({ TableStatus: 'ACTIVE', TableArn: tableArn });
    expect(Table?.GlobalSecondaryIndexes?.[0]).toMatchObject({ IndexName: 'owner', IndexStatus: 'ACTIVE' });
  });

  it('takes the ARN of a table for its name', async () => {
    await clientOf().send(new PutItemCommand({ TableName: tableArn, Item: aJob('1') }));

    const { Item } = await clientOf().send(new GetItemCommand(keyOf('1')));
    expect(Item).toEqual(aJob('1'));
  });

  it('lets one of many concurrent conditional updates through', async () => {
    const client = clientOf();
    await client.send(
      new PutItemCommand({ TableName: 'jobs', Item: aJob('1', { status: { S: 'pending' } }) }),
    );
    const update = new UpdateItemCommand({
      ...keyOf('1'),
      UpdateExpression: 'SET #s = :next',
      ConditionExpression: '#s = :expected',
      ExpressionAttributeNames: { '#s': 'status' },
      ExpressionAttributeValues: { ':expected': { S: 'pending' }, ':next': { S: 'clipping' } },
      ReturnValues: 'ALL_NEW',
    });

    const outcomes = await Promise.allSettled(Array.from({ length: 10 }, () => client.send(update)));

    const refusals = outcomes
      .filter((outcome) => outcome.status === 'rejected')
      .map(({ reason }) => reason.name);
    expect(refusals).toEqual(Array(9).fill('ConditionalCheckFailedException'));
  });

  it.each([
    [
      'update',
      (condition: object) =>
        clientOf().send(new UpdateItemCommand({ ...keyOf('1'), UpdateExpression: 'REMOVE x', ...condition })),
    ],
    [
      'put',
      (condition: object) =>
        clientOf().send(new PutItemCommand({ TableName: 'jobs', Item: aJob('1'), ...condition })),
    ],
  ])('hands out the row on which the condition of a %s failed', async (_, write) => {
    const row = aJob('1', { status: { S: 'failed' } });
    await clientOf().send(new PutItemCommand({ TableName: 'jobs', Item: row }));

    const refused = write({
      ConditionExpression: 'attribute_not_exists(pk)',
      ReturnValuesOnConditionCheckFailure: 'ALL_OLD',
    });

    await expect(refused).rejects.toMatchObject({ name: 'ConditionalCheckFailedException', Item: row });
  });

  it('lists an owner’s rows newest first, page by page, and forgets rows that left the index', async () => {
    const client = clientOf();
    for (const day of ['1', '2', '3']) {
      const row = aJob(day, { owner: { S: 'ann' }, created_at: { S: `2026-01-0${day}` } });
      await client.send(new PutItemCommand({ TableName: 'jobs', Item: row }));
    }
    await client.send(new UpdateItemCommand({ ...keyOf('2'), UpdateExpression: 'REMOVE created_at' }));
    const query = {
      TableName: 'jobs',
      IndexName: 'owner',
      KeyConditionExpression: '#o = :ann',
      ExpressionAttributeNames: { '#o': 'owner' },
      ExpressionAttributeValues: { ':ann': { S: 'ann' } },
      ScanIndexForward: false,
      Limit: 1,
    };

    const first = await client.send(new QueryCommand(query));
    const second = await client.send(
      new QueryCommand({ ...query, ExclusiveStartKey: first.LastEvaluatedKey }),
    );
    const third = await client.send(
      new QueryCommand({ ...query, ExclusiveStartKey: second.LastEvaluatedKey }),
    );

    expect([first, second, third].map(({ Items }) => Items?.map(({ pk }) => pk?.S))).toEqual([
      ['JOB#3'],
      ['JOB#1'],
      [],
    ]);
    expect(third.LastEvaluatedKey).toBeUndefined();
  });

  it('writes and reads in batches', async () => {
    const requests = ['1', '2'].map((id) => ({ PutRequest: { Item: aJob(id) } }));
    await clientOf().send(new BatchWriteItemCommand({ RequestItems: { jobs: requests } }));

    const { Responses } = await clientOf(credentialsOf('reader')).send(
      new BatchGetItemCommand({ RequestItems: { jobs: { Keys: [aJob('1'), aJob('2')] } } }),
    );

    expect(Responses?.jobs).toHaveLength(2);
  });

  it('says which operation it lacks instead of half doing it', async () => {
    const transaction = clientOf().send(
      new TransactWriteItemsCommand({ TransactItems: [{ Put: { TableName: 'jobs', Item: aJob('1') } }] }),
    );

    await expect(transaction).rejects.toMatchObject({
      name: 'UnknownOperationException',
      message: 'TransactWriteItems is not supported by the local cloud',
    });
  });

  it('passes DynamoDB’s own errors on', async () => {
    const refused = clientOf().send(new GetItemCommand({ TableName: 'others', Key: aJob('1') }));

    await expect(refused).rejects.toMatchObject({ name: 'ResourceNotFoundException' });
  });
});

describe('who may do what in the local DynamoDB', () => {
  it.each<[string, string, (client: DynamoDBClient) => Promise<unknown>, string, string]>([
    [
      'another action',
      'reader',
      (client) => client.send(new PutItemCommand({ TableName: 'jobs', Item: aJob('1') })),
      'dynamodb:PutItem',
      'jobs',
    ],
    [
      'the table, where only an index is granted',
      'lister',
      (client) => client.send(new QueryCommand({ TableName: 'jobs' })),
      'dynamodb:Query',
      'jobs',
    ],
    [
      'an index, where only the table is granted',
      'reader',
      (client) => client.send(new ScanCommand({ TableName: 'jobs', IndexName: 'owner' })),
      'dynamodb:Scan',
      'jobs/index/owner',
    ],
    [
      'one table of a batch',
      'reader',
      (client) => {
        const Keys = [aJob('1')];
        return client.send(new BatchGetItemCommand({ RequestItems: { jobs: { Keys }, others: { Keys } } }));
      },
      'dynamodb:BatchGetItem',
      'others',
    ],
  ])('is refused: %s', async (_, role, send, action, resource) => {
    const refused = send(clientOf(credentialsOf(role)));

    await expect(refused).rejects.toMatchObject({
      name: 'AccessDeniedException',
      message: `User: ${roleArn(role)} is not authorized to perform: ${action} on resource: ${tablesArn}/${resource}`,
    });
  });

  it.each([
    ['a wrong secret', { ...owner, secretAccessKey: 'guessed' }, 'InvalidSignatureException'],
    ['an unknown key', { ...owner, accessKeyId: 'AKIANOBODY' }, 'UnrecognizedClientException'],
  ])('is refused: %s', async (_, credentials, name) => {
    const refused = clientOf(credentials).send(new GetItemCommand(keyOf('1')));

    await expect(refused).rejects.toMatchObject({ name });
  });

  it('is refused: no signature at all', async () => {
    const response = await fetch(service.url, {
      method: 'POST',
      headers: { 'x-amz-target': 'DynamoDB_20120810.ListTables' },
      body: '{}',
    });

    expect(response.status).toBe(400);
    expect(await response.json()).toMatchObject({ __type: 'MissingAuthenticationTokenException' });
  });
});

describe('the rows of the local DynamoDB on disk', () => {
  it('outlive a process that is killed, each one that it had acknowledged', async () => {
    await service.stop();
    const writer = spawn(process.execPath, ['-e', writesUntilKilled(dataDir)], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    const acknowledged: string[] = [];
    createInterface(writer.stdout).on('line', (line) => {
      if (acknowledged.push(line) === 50) writer.kill('SIGKILL');
    });
    await once(writer, 'close');

    service = await start();
    const { Items } = await clientOf().send(new ScanCommand({ TableName: 'jobs' }));

    expect(acknowledged.length).toBeGreaterThanOrEqual(50);
    expect(Items?.map(({ pk }) => pk?.S)).toEqual(expect.arrayContaining(acknowledged));
  });

  it('get back index entries that a kill between two writes lost or left behind', async () => {
    const row = aJob('1', { owner: { S: 'ann' }, created_at: { S: '2026-01-01' } });
    await clientOf().send(new PutItemCommand({ TableName: 'jobs', Item: row }));
    await service.stop();
    await damageIndex(dataDir);

    service = await start();
    const owned = (name: string) =>
      clientOf().send(
        new QueryCommand({
          TableName: 'jobs',
          IndexName: 'owner',
          KeyConditionExpression: '#o = :name',
          ExpressionAttributeNames: { '#o': 'owner' },
          ExpressionAttributeValues: { ':name': { S: name } },
        }),
      );

    expect((await owned('ann')).Items).toEqual([row]);
  });

  it('are not touched where the template asks for another shape', async () => {
    await service.stop();
    const { GlobalSecondaryIndexes: _, ...withoutIndexes } = aTable;

    const changed = start([withoutIndexes]);

    await expect(changed).rejects.toThrow(/Table jobs was made with other GlobalSecondaryIndexes.*--fresh/);
    service = await start();
  });

  it('answer every call that is under way before they are closed', async () => {
    await service.stop();
    const { call, close } = await openEngine(dataDir);
    const calls = Array.from({ length: 20 }, () =>
      call('Query', {
        TableName: 'jobs',
        KeyConditionExpression: 'pk = :pk',
        ExpressionAttributeValues: { ':pk': { S: 'JOB#1' } },
      }),
    );

    await close();

    expect(await Promise.all(calls)).toHaveLength(20);
    await expect(call('Scan', { TableName: 'jobs' })).rejects.toThrow('closed');
    service = await start();
  });

  it('are held by one cloud at a time', async () => {
    await expect(start()).rejects.toThrow(/another local cloud runs on the same data/);
  });
});

/** Loses the index entry of every row, and leaves one of a row that was never there. */
async function damageIndex(path: string): Promise<void> {
  const { store, close } = await openEngine(path);
  const prefix = 'index-global~jobs~owner~';
  await store.db.clear({ gte: prefix, lt: `${prefix}\xFF` });
  const table = (await promisify(store.tableDb.get)('jobs'))!;
  const ghost = aJob('2', { owner: { S: 'ann' }, created_at: { S: '2026-01-02' } });
  await promisify(dynalite.updateIndexes)(store, table, undefined, ghost);
  await close();
}

function writesUntilKilled(path: string): string {
  const engine = join(import.meta.dirname, '../../local/dynamodb/engine.ts');
  return `
    const { openEngine } = await import(${JSON.stringify(engine)});
    const { call } = await openEngine(${JSON.stringify(path)});
    for (let i = 0; ; i++) {
      await call('PutItem', { TableName: 'jobs', Item: { pk: { S: 'JOB#' + i }, sk: { S: 'META' } } });
      console.log('JOB#' + i);
    }`;
}
