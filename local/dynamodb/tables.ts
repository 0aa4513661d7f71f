import { isDeepStrictEqual, promisify } from 'node:util';
import dynalite, { type TableDescription } from 'dynalite/db/index.js';
import type { Engine } from './engine.ts';

/** Properties of an `AWS::DynamoDB::Table`, resolved. Those that only matter in the cloud (TTL, PITR, SSE, tags) are ignored. */
export interface TableProperties {
  TableName: string;
  AttributeDefinitions: { AttributeName: string; AttributeType: string }[];
  KeySchema: KeySchema;
  BillingMode?: string;
  GlobalSecondaryIndexes?: IndexProperties[];
  LocalSecondaryIndexes?: IndexProperties[];
  StreamSpecification?: unknown;
  [other: string]: unknown;
}

type KeySchema = { AttributeName: string; KeyType: string }[];

interface IndexProperties {
  IndexName: string;
  KeySchema: KeySchema;
  Projection: { ProjectionType?: string; NonKeyAttributes?: string[] };
}

/**
 * Makes the table if it is missing. One that exists keeps its rows and gets its indexes rebuilt.
 * Throws if it exists with other keys or indexes, or wants what is not there on one machine.
 */
export async function provideTable(engine: Engine, properties: TableProperties): Promise<void> {
  const { TableName, StreamSpecification } = properties;
  if (StreamSpecification)
    throw new Error(`Table ${TableName}: streams are not supported by the local cloud`);

  const { tableDb } = engine.store;
  const existing = await promisify(tableDb.get)(TableName);
  if (existing?.TableStatus === 'ACTIVE') {
    refuseOtherShape(existing, properties);
    await rebuildIndexes(engine, existing);
    return;
  }
  if (existing) await promisify(tableDb.del)(TableName); // killed while making it: nothing is in it yet
  await engine.call('CreateTable', shapeOf(properties));
  while ((await promisify(tableDb.get)(TableName))?.TableStatus !== 'ACTIVE') {
    await new Promise((resolve) => setTimeout(resolve, 1));
  }
}

/**
 * A row and its index entries are separate writes in dynalite; a kill in between leaves an entry missing or stale for
 * good. So the indexes are made anew from the rows at every start.
 */
async function rebuildIndexes({ store }: Engine, table: TableDescription): Promise<void> {
  const { TableName, GlobalSecondaryIndexes = [], LocalSecondaryIndexes = [] } = table;
  const prefixes = [
    ...GlobalSecondaryIndexes.map(({ IndexName }) => `index-global~${TableName}~${IndexName}~`),
    ...LocalSecondaryIndexes.map(({ IndexName }) => `index-local~${TableName}~${IndexName}~`),
  ];
  if (prefixes.length === 0) return;
  for (const prefix of prefixes) await store.db.clear({ gte: prefix, lt: `${prefix}\xFF` });
  for await (const row of store.getItemDb(TableName).createValueStream({})) {
    await promisify(dynalite.updateIndexes)(store, table, undefined, row);
  }
}

function refuseOtherShape(existing: TableDescription, properties: TableProperties): void {
  const [kept, wanted] = [comparable(existing), comparable(properties)];
  const differing = Object.keys(wanted).filter((aspect) => !isDeepStrictEqual(kept[aspect], wanted[aspect]));
  if (differing.length === 0) return;
  throw new Error(
    `Table ${properties.TableName} was made with other ${differing.join(', ')}. ` +
      'Start with --fresh to make it anew (its rows are lost), or with --data to use another folder.',
  );
}

function shapeOf(properties: TableProperties) {
  const { TableName, AttributeDefinitions, KeySchema, GlobalSecondaryIndexes, LocalSecondaryIndexes } =
    properties;
  const index = ({ IndexName, KeySchema, Projection }: IndexProperties) => ({
    IndexName,
    KeySchema,
    Projection,
  });
  return {
    TableName,
    AttributeDefinitions,
    KeySchema,
    BillingMode: 'PAY_PER_REQUEST', // provisioned throughput would throttle nothing here
    GlobalSecondaryIndexes: GlobalSecondaryIndexes?.map(index),
    LocalSecondaryIndexes: LocalSecondaryIndexes?.map(index),
  };
}

/** Keys and indexes in a fixed order: templates list attributes and indexes in any. */
function comparable(table: TableProperties | TableDescription): Record<string, unknown> {
  const shape = shapeOf(table as TableProperties);
  const sorted = (values: object[] | undefined) =>
    (values ?? []).map((value) => JSON.stringify(value)).sort();
  return {
    AttributeDefinitions: sorted(shape.AttributeDefinitions),
    KeySchema: sorted(shape.KeySchema),
    GlobalSecondaryIndexes: sorted(shape.GlobalSecondaryIndexes),
    LocalSecondaryIndexes: sorted(shape.LocalSecondaryIndexes),
  };
}
