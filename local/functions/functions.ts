import { existsSync, readdirSync, rmSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { basename, join } from 'node:path';
import type { AccessKey } from '../iam/keys.ts';
import { FunctionError, type InvokeFunction } from '../types.ts';
import type { FunctionDefinition } from './function-definition.ts';
import { type Endpoints, functionEnvironment, type Tools } from './function-environment.ts';
import { openLog } from './function-log.ts';
import { createFunctionPool, type FunctionPool } from './function-pool.ts';
import { startRuntimeApi } from './runtime-api.ts';
import { startSandbox } from './sandbox.ts';
import { createSemaphore } from './semaphore.ts';
import { unpackCode } from './unpack-code.ts';

/** Lambda's limit for a synchronous invocation. */
const payloadLimitBytes = 6 * 1024 * 1024;

export interface FunctionsSettings {
  /** Holds `logs/<function>.log`, and `tmp/` while functions run. */
  dataDir: string;
  /** Holds `code/` and what V8 compiled of it. Others may share it, then nothing is removed. Default: `dataDir`. */
  codeDir?: string;
  definitions: FunctionDefinition[];
  /** The key of a function's role. */
  keyOf(roleArn: string): AccessKey;
  /** Asked for when a function first starts: the services may be up only then. */
  endpoints(): Endpoints;
  tools?: Tools;
}

export interface Functions {
  /** Who may call it is checked by who calls this. */
  run: InvokeFunction;
  /** Kills all that runs. */
  stop(): Promise<void>;
}

/** Runs the functions of a stack in child processes, as Lambda would: environment, timeout, memory, warm re-use. */
export async function startFunctions(settings: FunctionsSettings): Promise<Functions> {
  const { dataDir, codeDir = dataDir, definitions } = settings;
  const temporaryRoot = join(dataDir, 'tmp');
  rmSync(temporaryRoot, { recursive: true, force: true });
  const codeFolder = join(codeDir, 'code');
  if (codeDir === dataDir)
    removeOthers(codeFolder, new Set(definitions.map(({ assetFolder }) => basename(assetFolder))));

  const runtimeApi = await startRuntimeApi();
  const cpus = createSemaphore(availableParallelism());
  const pools = new Map(definitions.map((definition) => [definition.arn, poolOf(definition)]));

  function poolOf(definition: FunctionDefinition): FunctionPool {
    const taskRoot = unpackCode(definition.assetFolder, codeFolder);
    const log = openLog(join(dataDir, 'logs', `${definition.name}.log`));
    const variables = (own: { runtimeApi: string; temporaryFolder: string; logStream: string }) =>
      functionEnvironment(definition, {
        ...own,
        key: settings.keyOf(definition.roleArn),
        endpoints: settings.endpoints(),
        tools: settings.tools,
        taskRoot,
        compileCacheFolder: join(codeDir, 'compile-cache'),
      });
    return createFunctionPool(definition, {
      start: () => startSandbox(definition, { runtimeApi, temporaryRoot, log, variables }),
      cpus,
    });
  }

  return {
    async run(functionArn, payload, line) {
      const pool = pools.get(functionArn);
      if (!pool) throw new FunctionError('ResourceNotFoundException', `Function not found: ${functionArn}`);
      const body = JSON.stringify(payload ?? {});
      if (Buffer.byteLength(body) > payloadLimitBytes)
        throw new FunctionError(
          'RequestTooLargeException',
          `Request must be smaller than ${payloadLimitBytes} bytes for the InvokeFunction operation`,
        );
      return JSON.parse(await pool.invoke(body, line));
    },

    async stop() {
      await Promise.all([...pools.values()].map((pool) => pool.stop()));
      await runtimeApi.stop();
      rmSync(temporaryRoot, { recursive: true, force: true });
    },
  };
}

/** Each synth may leave bundles behind that no function uses any more. */
function removeOthers(folder: string, names: Set<string>): void {
  if (!existsSync(folder)) return;
  for (const name of readdirSync(folder))
    if (!names.has(name)) rmSync(join(folder, name), { recursive: true, force: true });
}
