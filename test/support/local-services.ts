import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { S3Client } from '@aws-sdk/client-s3';
import { App, Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { JobsTable } from '../../lib/jobs-table.ts';
import { startDynamoDb } from '../../local/dynamodb/start-dynamodb.ts';
import { startS3 } from '../../local/s3/start-s3.ts';
import { region } from '../../local/types.ts';
import { anAccess } from './access.ts';

/** The local DynamoDB with the very table of the stack, and a client of the owner of this machine. */
export async function aDynamoTable() {
  const folder = await mkdtemp(join(tmpdir(), 'dynamo-'));
  const { access, owner } = anAccess();
  const stack = new Stack(new App(), 'Test');
  new JobsTable(stack, 'Jobs', { keepData: false });
  const [table] = Object.values(Template.fromStack(stack).findResources('AWS::DynamoDB::Table'));
  const TableName = 'jobs';
  const service = await startDynamoDb({
    dataDir: folder,
    port: 0,
    access,
    tables: [{ ...table?.Properties, TableName }],
  });
  const client = new DynamoDBClient({ endpoint: service.url, region, credentials: owner });

  return {
    client,
    TableName,
    async stop() {
      client.destroy();
      await service.stop();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

/** The local S3 with one bucket, and a client of the owner of this machine. */
export async function aBucket(name = 'bucket') {
  const folder = await mkdtemp(join(tmpdir(), 's3-'));
  const { access, owner } = anAccess();
  const service = await startS3({
    dataDir: folder,
    port: 0,
    access,
    emit: async () => undefined,
    buckets: [{ name, cors: [], eventBridge: false }],
  });
  const client = new S3Client({ endpoint: service.url, region, credentials: owner });

  return {
    client,
    name,
    url: service.url,
    async stop() {
      client.destroy();
      await service.stop();
      await rm(folder, { recursive: true, force: true });
    },
  };
}
