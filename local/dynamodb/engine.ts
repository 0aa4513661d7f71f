import dynalite, { type Store } from 'dynalite/db/index.js';
import validations from 'dynalite/validations/index.js';
import { ServiceError } from '../iam/signed-json-service.ts';
import { accountId, region } from '../types.ts';

export type Body = Record<string, unknown>;

export interface Engine {
  store: Store;
  /** Carries out one operation of DynamoDB. Throws ServiceError with DynamoDB's own error codes. */
  call(operation: string, body: Body): Promise<Body>;
  close(): Promise<void>;
}

/**
 * dynalite without its HTTP server: that one throws from callbacks, which would take the whole cloud down, and its
 * port would be a door past IAM. Every acknowledged write is in LevelDB's log and survives a SIGKILL.
 */
export async function openEngine(path: string): Promise<Engine> {
  const store = dynalite.create({ path, createTableMs: 0 });
  store.tableDb.awsAccountId = accountId;
  store.tableDb.awsRegion = region;
  await open(store, path);
  const underWay = new Set<Promise<unknown>>();
  let closed = false;

  async function carryOut(operation: string, body: Body): Promise<Body> {
    const { action, types, custom } = await loadOperation(operation);
    const checked = translated(() => {
      const typed = validations.checkTypes(structuredClone(body), types);
      validations.checkValidations(typed, types, custom, store);
      return typed;
    });
    return new Promise((resolve, reject) => {
      action(store, checked, (error, answer) => (error ? reject(translate(error)) : resolve(answer)));
    });
  }

  return {
    store,
    async call(operation, body) {
      if (closed) throw new ServiceError('InternalServerError', 'The tables are closed');
      const call = carryOut(operation, body);
      underWay.add(call);
      try {
        return await call;
      } finally {
        underWay.delete(call);
      }
    },
    async close() {
      closed = true;
      // dynalite throws from a callback, out of anybody's reach, when its files close under it.
      await Promise.allSettled(underWay);
      await store.lifecycleManager.gracefulClose();
    },
  };
}

interface Operation {
  action(store: Store, body: object, callback: (error: unknown, answer: Body) => void): void;
  types: unknown;
  custom: unknown;
}

async function loadOperation(operation: string): Promise<Operation> {
  const file = operation.charAt(0).toLowerCase() + operation.slice(1);
  const [action, validation] = await Promise.all([
    import(`dynalite/actions/${file}.js`),
    import(`dynalite/validations/${file}.js`),
  ]);
  return { action: action.default, types: validation.default.types, custom: validation.default.custom };
}

async function open(store: Store, path: string): Promise<void> {
  try {
    await store.db.open();
  } catch (error) {
    const cause = (error as { cause?: { code?: string } }).cause;
    if (cause?.code !== 'LEVEL_LOCKED') throw error;
    throw new Error(`The tables in ${path} are in use: another local cloud runs on the same data`, {
      cause: error,
    });
  }
}

function translated<T>(act: () => T): T {
  try {
    return act();
  } catch (error) {
    throw translate(error);
  }
}

/** dynalite's errors carry the answer that DynamoDB would give; any other error is a fault and stays what it is. */
function translate(error: unknown): unknown {
  const { body } = error as { body?: { __type: string; message?: string; Message?: string } };
  if (!body) return error;
  return new ServiceError(body.__type.split('#').at(-1)!, body.message ?? body.Message ?? '');
}
