/** Lets `permits` holders in at once; the others wait in lines, and each line has its turn after the others'. */
export interface Semaphore {
  /**
   * Resolves with the function that gives the permit back; calling it again does nothing. Within a line it goes by the
   * order of coming; who comes with one wish waits for one turn of each other line, however long those are.
   */
  acquire(line?: string): Promise<() => void>;
}

export function createSemaphore(permits: number): Semaphore {
  /** The line whose turn is next comes first; none is empty. */
  const lines = new Map<string, (() => void)[]>();
  let free = permits;

  function permit(): () => void {
    let held = true;
    return () => {
      if (!held) return;
      held = false;
      const next = nextOfLines();
      if (next) next();
      else free += 1;
    };
  }

  function nextOfLines(): (() => void) | undefined {
    for (const [line, [next, ...others]] of lines) {
      lines.delete(line);
      if (others.length > 0) lines.set(line, others);
      return next;
    }
  }

  return {
    async acquire(line = '') {
      if (free > 0) free -= 1;
      else await new Promise<void>((resolve) => lines.set(line, [...(lines.get(line) ?? []), resolve]));
      return permit();
    },
  };
}
