import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DynamoDBClient, type DynamoDBClientConfig } from '@aws-sdk/client-dynamodb';
import { afterEach, beforeEach } from '@jest/globals';
import { startDynamoDb } from '../../local/dynamodb/start-dynamodb.ts';
import type { TableProperties } from '../../local/dynamodb/tables.ts';
import { accountId, type LocalService, region } from '../../local/types.ts';
import { anAccess } from './access.ts';

export const tablesArn = `arn:aws:dynamodb:${region}:${accountId}:table`;
export const tableArn = `${tablesArn}/jobs`;

/** A small table with an index of owners; the stack's own is in local-services.ts. */
export const aTable: TableProperties = {
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
export const { access, credentialsOf, owner } = anAccess({
  reader: [{ Effect: 'Allow', Action: ['dynamodb:GetItem', 'dynamodb:BatchGetItem'], Resource: tableArn }],
  lister: [{ Effect: 'Allow', Action: 'dynamodb:Query', Resource: `${tableArn}/index/owner` }],
});

/** A row of the table, and what names it in a request. */
export const aJob = (id: string, more: Record<string, { S: string }> = {}) => ({
  pk: { S: `JOB#${id}` },
  sk: { S: 'META' },
  ...more,
});
export const keyOf = (id: string) => ({ TableName: 'jobs', Key: aJob(id) });

/** The local DynamoDB for each test of a file, on a folder of its own. */
export function dynamoDbPerTest() {
  let dataDir: string;
  let service: LocalService;

  const start = async (tables = [aTable]) => {
    service = await startDynamoDb({ dataDir, port: 0, access, tables });
  };
  const stop = () => service.stop();

  beforeEach(async () => {
    dataDir = await mkdtemp(join(tmpdir(), 'dynamodb-'));
    await start();
  });
  afterEach(async () => {
    await stop();
    await rm(dataDir, { recursive: true });
  });

  return {
    dataDir: () => dataDir,
    url: () => service.url,
    stop,
    /** Again, on the same data. */
    start,
    /** Signed by the owner of this machine unless told otherwise. */
    clientOf: (credentials: DynamoDBClientConfig['credentials'] = owner) =>
      new DynamoDBClient({ endpoint: service.url, region, credentials, maxAttempts: 1 }),
  };
}
