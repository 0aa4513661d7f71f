import { availableParallelism } from 'node:os';
import type { FunctionDefinition } from './function-definition.ts';
import type { Sandbox } from './sandbox.ts';
import { createSemaphore, type Semaphore } from './semaphore.ts';

export interface FunctionPool {
  /** Answers the result as JSON; throws FunctionError. Waits in its line while too many run: see Semaphore. */
  invoke(payload: string, line?: string): Promise<string>;
  stop(): Promise<void>;
}

/** From this size on Lambda gives a function a whole CPU, and here it takes one. */
const wholeCpuMegabytes = 1769;
/** Enough to answer while another one waits, few enough for the memory of a laptop. */
const defaultConcurrency = Math.max(4, 2 * availableParallelism());
/** Shorter than Lambda's: a warm child holds 100 MB, and starting one takes a fraction of a second. */
const idleLifeMs = 20_000;

export interface PoolSettings {
  start(): Sandbox;
  /** One permit for each CPU of this machine, shared by all functions that take a whole one. */
  cpus: Semaphore;
}

/** The sandboxes of one function: warm ones are used again, and end when there was nothing to do for a while. */
export function createFunctionPool(
  definition: FunctionDefinition,
  { start, cpus }: PoolSettings,
): FunctionPool {
  const own = createSemaphore(definition.reservedConcurrency ?? defaultConcurrency);
  const takesCpu = definition.memoryMegabytes >= wholeCpuMegabytes;
  const all = new Set<Sandbox>();
  const idle: { sandbox: Sandbox; reaper: NodeJS.Timeout }[] = [];
  let stopped = false;

  function takeSandbox(): Sandbox {
    for (let warm = idle.pop(); warm; warm = idle.pop()) {
      clearTimeout(warm.reaper);
      if (warm.sandbox.isAlive()) return warm.sandbox;
      // Somebody killed it while it had nothing to do: it would never answer.
      all.delete(warm.sandbox);
    }
    const sandbox = start();
    all.add(sandbox);
    return sandbox;
  }

  function park(sandbox: Sandbox): void {
    const reaper = setTimeout(() => {
      idle.splice(
        idle.findIndex((each) => each.sandbox === sandbox),
        1,
      );
      all.delete(sandbox);
      void sandbox.kill();
    }, idleLifeMs).unref();
    idle.push({ sandbox, reaper });
  }

  /** A sandbox is busy until it asks for its next invocation: that is when a caller who waited for it finds it warm. */
  async function giveBack(sandbox: Sandbox | undefined): Promise<void> {
    if (!sandbox) return;
    const alive = await sandbox.settled();
    if (alive && !stopped) park(sandbox);
    else all.delete(sandbox);
  }

  return {
    async invoke(payload, line) {
      const releaseOwn = await own.acquire(line);
      const releaseCpu = takesCpu ? await cpus.acquire(line) : () => {};
      const release = () => {
        releaseCpu();
        releaseOwn();
      };
      if (stopped) {
        release();
        throw new Error(`${definition.name} was stopped`);
      }

      let sandbox: Sandbox | undefined;
      try {
        sandbox = takeSandbox();
        return await sandbox.invoke(payload);
      } finally {
        await giveBack(sandbox);
        release();
      }
    },

    async stop() {
      stopped = true;
      for (const { reaper } of idle) clearTimeout(reaper);
      await Promise.all([...all].map((sandbox) => sandbox.kill()));
    },
  };
}
