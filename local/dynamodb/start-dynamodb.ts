import { mkdir } from 'node:fs/promises';
import type { Access } from '../iam/access.ts';
import { ServiceError, startSignedJsonService } from '../iam/signed-json-service.ts';
import { accountId, type LocalService, region } from '../types.ts';
import { type Body, type Engine, openEngine } from './engine.ts';
import { provideTable, type TableProperties } from './tables.ts';

export interface DynamoDbSettings {
  /** The folder that holds the tables; made if missing. */
  dataDir: string;
  /** 0 takes any free port. */
  port: number;
  access: Access;
  tables: TableProperties[];
}

/** What dynalite does as DynamoDB does. Tables come from the template only, so none is made or changed by a client. */
const operations = new Set([
  'BatchGetItem',
  'BatchWriteItem',
  'DeleteItem',
  'DescribeTable',
  'GetItem',
  'ListTables',
  'PutItem',
  'Query',
  'Scan',
  'UpdateItem',
]);

/** DynamoDB on this machine: rows on disk, requests signed, every table and index guarded by IAM. */
export async function startDynamoDb(settings: DynamoDbSettings): Promise<LocalService> {
  const { dataDir, port, access, tables } = settings;
  await mkdir(dataDir, { recursive: true });
  const engine = await openEngine(dataDir);
  try {
    for (const table of tables) await provideTable(engine, table);
    const service = await startSignedJsonService({
      service: 'dynamodb',
      target: 'DynamoDB_20120810',
      port,
      access,
      async perform(principal, operation, body) {
        if (!operations.has(operation)) {
          throw new ServiceError(
            'UnknownOperationException',
            `${operation} is not supported by the local cloud`,
          );
        }
        const request = withTableNames(body);
        for (const resource of resourcesOf(operation, request)) {
          access.authorize(principal, { action: `dynamodb:${operation}`, resource });
        }
        return perform(engine, operation, request);
      },
    });
    return {
      url: service.url,
      async stop() {
        await service.stop();
        await engine.close();
      },
    };
  } catch (error) {
    await engine.close();
    throw error;
  }
}

/**
 * dynalite does not know `ReturnValuesOnConditionCheckFailure`, so the row is read once the condition has failed:
 * it may already be a newer one than that which failed.
 */
async function perform(engine: Engine, operation: string, body: Body): Promise<Body> {
  try {
    return await engine.call(operation, body);
  } catch (error) {
    const failedCondition = error instanceof ServiceError && error.name === 'ConditionalCheckFailedException';
    if (!failedCondition || body.ReturnValuesOnConditionCheckFailure !== 'ALL_OLD') throw error;
    const { Item } = await engine.call('GetItem', {
      TableName: body.TableName,
      Key: body.Key ?? (await keyOf(engine, body)),
      ConsistentRead: true,
    });
    throw new ServiceError(error.name, error.message, Item ? { Item } : {});
  }
}

async function keyOf(engine: Engine, { TableName, Item }: Body): Promise<Body> {
  const { Table } = (await engine.call('DescribeTable', { TableName })) as {
    Table: { KeySchema: { AttributeName: string }[] };
  };
  return Object.fromEntries(
    Table.KeySchema.map(({ AttributeName }) => [AttributeName, (Item as Body)[AttributeName]]),
  );
}

/** What IAM is asked about: tables, and indexes where one is read. */
function resourcesOf(operation: string, { TableName, IndexName, RequestItems }: Body): string[] {
  if (operation === 'ListTables') return ['*'];
  if (RequestItems) return Object.keys(RequestItems).map(tableArn);
  const table = tableArn(String(TableName));
  return [IndexName === undefined ? table : `${table}/index/${IndexName}`];
}

/** A table may be named by its ARN too. */
function withTableNames(body: Body): Body {
  const name = (table: string) => table.replace(/^arn:[^/]*:table\//, '');
  const { TableName, RequestItems } = body;
  return {
    ...body,
    ...(typeof TableName === 'string' && { TableName: name(TableName) }),
    ...(RequestItems !== undefined && {
      RequestItems: Object.fromEntries(
        Object.entries(RequestItems as Body).map(([table, requests]) => [name(table), requests]),
      ),
    }),
  };
}

function tableArn(name: string): string {
  return `arn:aws:dynamodb:${region}:${accountId}:table/${name}`;
}
