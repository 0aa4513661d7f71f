/** The parts of dynalite 4.0.0 that are used; it ships no types. Its streams and callbacks are Node's. */
declare module 'dynalite/db/index.js' {
  type Callback<T = void> = (error: unknown, value: T) => void;

  export interface TableDescription {
    TableName: string;
    TableStatus: string;
    AttributeDefinitions: unknown[];
    KeySchema: unknown[];
    GlobalSecondaryIndexes?: { IndexName: string }[];
    LocalSecondaryIndexes?: { IndexName: string }[];
  }

  interface Store {
    db: {
      open(): Promise<void>;
      clear(range: { gte: string; lt: string }): Promise<void>;
    };
    tableDb: {
      awsAccountId: string;
      awsRegion: string;
      get(name: string, callback: Callback<TableDescription | undefined>): void;
      del(name: string, callback: Callback): void;
    };
    getItemDb(table: string): {
      createValueStream(range: object): AsyncIterable<Record<string, unknown>>;
    };
    lifecycleManager: { gracefulClose(): Promise<void> };
  }

  const db: {
    create(options: { path: string; createTableMs: number }): Store;
    updateIndexes(
      store: Store,
      table: TableDescription,
      existing: undefined,
      row: Record<string, unknown>,
      callback: Callback,
    ): void;
  };
  export default db;
  export type { Store };
}

declare module 'dynalite/validations/index.js' {
  const validations: {
    checkTypes(body: object, types: unknown): object;
    checkValidations(body: object, types: unknown, custom: unknown, store: unknown): void;
  };
  export default validations;
}
