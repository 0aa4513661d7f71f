import {
  BatchGetItemCommand,
  BatchWriteItemCommand,
  DescribeTableCommand,
  GetItemCommand,
  PutItemCommand,
  QueryCommand,
  TransactWriteItemsCommand,
  UpdateItemCommand,
} from '@aws-sdk/client-dynamodb';
import { describe, expect, it } from '@jest/globals';
import { aJob, credentialsOf, dynamoDbPerTest, keyOf, tableArn } from '../support/local-dynamodb.ts';

const { clientOf } = dynamoDbPerTest();

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
