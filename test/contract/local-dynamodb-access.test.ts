import {
  BatchGetItemCommand,
  type DynamoDBClient,
  GetItemCommand,
  PutItemCommand,
  QueryCommand,
  ScanCommand,
} from '@aws-sdk/client-dynamodb';
import { describe, expect, it } from '@jest/globals';
import { roleArn } from '../support/access.ts';
import { aJob, credentialsOf, dynamoDbPerTest, keyOf, owner, tablesArn } from '../support/local-dynamodb.ts';

const { clientOf, url } = dynamoDbPerTest();

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
    const response = await fetch(url(), {
      method: 'POST',
      headers: { 'x-amz-target': 'DynamoDB_20120810.ListTables' },
      body: '{}',
    });

    expect(response.status).toBe(400);
    expect(await response.json()).toMatchObject({ __type: 'MissingAuthenticationTokenException' });
  });
});
