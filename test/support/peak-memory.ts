import { readdirSync, readFileSync } from 'node:fs';
import { basename } from 'node:path';

const lookMs = 100;

/** Watches a process and all that it starts. `stop` answers the peak of resident memory in bytes, by what ran. Linux only. */
export function watchPeakMemory(pid: number): { stop(): Map<string, number> } {
  const peaks = new Map<string, number>();
  const look = () => {
    for (const one of familyOf(pid)) {
      const status = readIfThere(`/proc/${one}/status`);
      // The kernel's own high-water mark: what rose and fell between two looks is in it.
      const peakBytes = Number(/^VmHWM:\s+(\d+) kB/m.exec(status)?.[1] ?? 0) * 1024;
      const name = nameOf(one);
      if (name) peaks.set(name, Math.max(peaks.get(name) ?? 0, peakBytes));
    }
  };
  const clock = setInterval(look, lookMs);
  look();
  return {
    stop() {
      clearInterval(clock);
      return peaks;
    },
  };
}

function familyOf(pid: number): number[] {
  const children = new Map<number, number[]>();
  for (const entry of readdirSync('/proc')) {
    if (!/^\d+$/.test(entry)) continue;
    const stat = readIfThere(`/proc/${entry}/stat`);
    const parent = Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[1]);
    children.set(parent, [...(children.get(parent) ?? []), Number(entry)]);
  }
  const below = (one: number): number[] => [one, ...(children.get(one) ?? []).flatMap(below)];
  return below(pid);
}

/** A function by its name, anything else by its program and script. */
function nameOf(pid: number): string | undefined {
  const [program, ...args] = readIfThere(`/proc/${pid}/cmdline`).split('\0');
  if (!program) return undefined;
  const functionName = /(?:^|\0)AWS_LAMBDA_FUNCTION_NAME=([^\0]+)/.exec(
    readIfThere(`/proc/${pid}/environ`),
  )?.[1];
  const script = args.find((word) => /\.(ts|mjs|js)$/.test(word));
  if (functionName && basename(program).startsWith('node')) return functionName;
  return script ? script.replace(`${process.cwd()}/`, '') : basename(program);
}

function readIfThere(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return ''; // ended meanwhile
  }
}
