/** Lets `permits` holders in at once; the others wait in the order they came. */
export interface Semaphore {
  /** Resolves with the function that gives the permit back; calling it again does nothing. */
  acquire(): Promise<() => void>;
}

export function createSemaphore(permits: number): Semaphore {
  const waiting: (() => void)[] = [];
  let free = permits;

  function permit(): () => void {
    let held = true;
    return () => {
      if (!held) return;
      held = false;
      const next = waiting.shift();
      if (next) next();
      else free += 1;
    };
  }

  return {
    async acquire() {
      if (free > 0) free -= 1;
      else await new Promise<void>((resolve) => waiting.push(resolve));
      return permit();
    },
  };
}
