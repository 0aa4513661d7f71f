import { randomUUID } from 'node:crypto';
import { mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import type { FunctionError } from '../types.ts';
import type { FunctionDefinition } from './function-definition.ts';
import { exited, outOfMemory, reported, responseTooLarge, timedOut } from './function-errors.ts';
import type { FunctionLog } from './function-log.ts';
import { residentBytes } from './resident-memory.ts';
import type { Invocation, RuntimeApi } from './runtime-api.ts';
import { killGroup, spawnGroup } from './spawn-group.ts';

const bootstrapPath = join(import.meta.dirname, 'bootstrap.ts');
/** Lambda's limit for an answer: 6 MB and 100 bytes. */
const responseLimitBytes = 6_291_556;
const memoryCheckMs = 500;
/** Lambda allows 10 s; a laptop that starts ten functions at once needs longer. */
const initTimeoutSeconds = 60;

export interface SandboxSettings {
  runtimeApi: RuntimeApi;
  /** A folder of its own is made in it, and removed with the sandbox. */
  temporaryRoot: string;
  log: FunctionLog;
  variables(own: { runtimeApi: string; temporaryFolder: string; logStream: string }): Record<string, string>;
}

/** One child that runs one invocation at a time. */
export interface Sandbox {
  /** Runs an invocation, at once or when initialized. Answers the result as JSON; throws FunctionError. */
  invoke(payload: string): Promise<string>;
  /** False once its child has ended, by whatever. */
  isAlive(): boolean;
  /** After an invocation: true once it waits for the next one, false if it ended. */
  settled(): Promise<boolean>;
  kill(): Promise<void>;
}

interface Running {
  invocation: Invocation;
  startedMs: number;
  maxBytes: number;
  timer?: NodeJS.Timeout;
  resolve(body: string): void;
  reject(error: FunctionError): void;
}

export function startSandbox(definition: FunctionDefinition, settings: SandboxSettings): Sandbox {
  const { log, runtimeApi } = settings;
  const { timeoutSeconds, memoryMegabytes, arn } = definition;
  const id = randomUUID().replaceAll('-', '');
  const temporaryFolder = join(settings.temporaryRoot, id);
  mkdirSync(temporaryFolder, { recursive: true, mode: 0o700 });

  let running: Running | undefined;
  let waiting: ((invocation: Invocation) => void) | undefined;
  let killedFor: FunctionError | undefined;
  let alive = true;
  const settling: ((alive: boolean) => void)[] = [];

  const { endpoint, close } = runtimeApi.open({
    next() {
      if (!running) for (const settle of settling.splice(0)) settle(true);
      return new Promise((resolve) => {
        waiting = resolve;
        if (running) hand(running);
      });
    },
    responded(_requestId, body) {
      if (Buffer.byteLength(body) > responseLimitBytes) finish(responseTooLarge(responseLimitBytes));
      else finish(body);
    },
    failed: (_requestId, body) => finish(reported(body)),
    initFailed: (body) => finish(reported(body)),
  });

  const variables = settings.variables({ runtimeApi: endpoint, temporaryFolder, logStream: id });
  const child = spawnGroup(
    [process.execPath, `--max-old-space-size=${heapMegabytes(memoryMegabytes)}`, bootstrapPath],
    {
      cwd: variables.LAMBDA_TASK_ROOT!,
      variables,
    },
  );
  child.stdout!.on('data', (chunk: Buffer) => log.write(chunk));
  child.stderr!.on('data', (chunk: Buffer) => log.write(chunk));

  const ended = new Promise<void>((resolve) => {
    const end = (code: number | null, signal: NodeJS.Signals | null) => {
      alive = false;
      close();
      killGroup(child);
      if (running) finish(killedFor ?? exited(running.invocation.requestId, code, signal));
      for (const settle of settling.splice(0)) settle(false);
      rmSync(temporaryFolder, { recursive: true, force: true, maxRetries: 3 });
      resolve();
    };
    child.once('exit', end).once('error', () => end(1, null));
  });

  const memoryCheck = setInterval(() => {
    if (!running) return;
    running.maxBytes = Math.max(running.maxBytes, residentBytes(child.pid!));
    if (running.maxBytes > memoryMegabytes * 2 ** 20) killFor(outOfMemory(running.invocation.requestId));
  }, memoryCheckMs).unref();
  void ended.then(() => clearInterval(memoryCheck));

  function killFor(error: FunctionError) {
    killedFor = error;
    killGroup(child);
  }

  function limit(own: Running, seconds: number) {
    clearTimeout(own.timer);
    own.timer = setTimeout(() => killFor(timedOut(own.invocation.requestId, seconds)), seconds * 1000);
  }

  function hand(own: Running) {
    limit(own, timeoutSeconds);
    own.startedMs = Date.now();
    own.invocation.deadlineMs = own.startedMs + timeoutSeconds * 1000;
    log.write(`START RequestId: ${own.invocation.requestId} Version: $LATEST\n`);
    waiting!(own.invocation);
    waiting = undefined;
  }

  function finish(outcome: string | FunctionError) {
    if (!running) return; // failed between two invocations: nobody waits, and its end is seen by itself
    const { invocation, startedMs, maxBytes, timer, resolve, reject } = running;
    running = undefined;
    clearTimeout(timer);
    const failure = typeof outcome === 'string' ? '' : ` Status: error Error Type: ${outcome.name}`;
    const usedBytes = Math.max(maxBytes, residentBytes(child.pid ?? 0));
    const memory = `Memory Size: ${memoryMegabytes} MB Max Memory Used: ${Math.round(usedBytes / 2 ** 20)} MB`;
    log.write(
      `REPORT RequestId: ${invocation.requestId} Duration: ${Date.now() - startedMs} ms ${memory}${failure}\n`,
    );
    if (typeof outcome === 'string') resolve(outcome);
    else reject(outcome);
  }

  return {
    invoke: (payload) =>
      new Promise((resolve, reject) => {
        const invocation = { requestId: randomUUID(), functionArn: arn, deadlineMs: 0, payload };
        running = { invocation, startedMs: Date.now(), maxBytes: 0, resolve, reject };
        if (waiting) hand(running);
        else limit(running, initTimeoutSeconds);
      }),
    isAlive: () => alive,
    settled: () =>
      new Promise((resolve) => {
        if (!alive) resolve(false);
        else if (waiting && !running) resolve(true);
        else settling.push(resolve);
      }),
    kill() {
      killGroup(child);
      return ended;
    },
  };
}

/** As the runtime of nodejs24.x does: the rest is left to buffers and to V8 itself. */
const heapMegabytes = (memoryMegabytes: number) => Math.floor(memoryMegabytes * 0.9);
