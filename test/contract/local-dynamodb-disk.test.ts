import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { promisify } from 'node:util';
import { PutItemCommand, QueryCommand, ScanCommand } from '@aws-sdk/client-dynamodb';
import { describe, expect, it } from '@jest/globals';
import dynalite from 'dynalite/db/index.js';
import { openEngine } from '../../local/dynamodb/engine.ts';
import { aJob, aTable, dynamoDbPerTest } from '../support/local-dynamodb.ts';

const { clientOf, dataDir, start, stop } = dynamoDbPerTest();

describe('the rows of the local DynamoDB on disk', () => {
  it('outlive a process that is killed, each one that it had acknowledged', async () => {
    await stop();
    const writer = spawn(process.execPath, ['-e', writesUntilKilled(dataDir())], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    const acknowledged: string[] = [];
    createInterface(writer.stdout).on('line', (line) => {
      if (acknowledged.push(line) === 50) writer.kill('SIGKILL');
    });
    await once(writer, 'close');

    await start();
    const { Items } = await clientOf().send(new ScanCommand({ TableName: 'jobs' }));

    expect(acknowledged.length).toBeGreaterThanOrEqual(50);
    expect(Items?.map(({ pk }) => pk?.S)).toEqual(expect.arrayContaining(acknowledged));
  });

  it('get back index entries that a kill between two writes lost or left behind', async () => {
    const row = aJob('1', { owner: { S: 'ann' }, created_at: { S: '2026-01-01' } });
    await clientOf().send(new PutItemCommand({ TableName: 'jobs', Item: row }));
    await stop();
    await damageIndex(dataDir());

    await start();
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
    await stop();
    const { GlobalSecondaryIndexes: _, ...withoutIndexes } = aTable;

    const changed = start([withoutIndexes]);

    await expect(changed).rejects.toThrow(/Table jobs was made with other GlobalSecondaryIndexes.*--fresh/);
    await start();
  });

  it('answer every call that is under way before they are closed', async () => {
    await stop();
    const { call, close } = await openEngine(dataDir());
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
    await start();
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
