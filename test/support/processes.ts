import { readdirSync, readFileSync } from 'node:fs';
import { basename } from 'node:path';

/** A process and all that it started, by the numbers of each. Linux only, as all in this file. */
export function familyOf(pid: number): number[] {
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

/** A function by its name, anything else by its program and script; undefined for what has ended. */
export function nameOf(pid: number): string | undefined {
  const [program, ...args] = readIfThere(`/proc/${pid}/cmdline`).split('\0');
  if (!program) return undefined;
  const functionName = functionOf(pid);
  const script = args.find((word) => /\.(ts|mjs|js)$/.test(word));
  if (functionName && basename(program).startsWith('node')) return functionName;
  return script ? script.replace(`${process.cwd()}/`, '') : basename(program);
}

/** Whether a process is one of a function, ffmpeg or another program that a function runs, or anything else. */
export function kindOf(pid: number): 'function' | 'ffmpeg' | 'other' {
  const [program = ''] = readIfThere(`/proc/${pid}/cmdline`).split('\0');
  if (/^ff(mpeg|probe)/.test(basename(program))) return 'ffmpeg';
  // The shell that watches over a function has its environment, too.
  return functionOf(pid) && basename(program).startsWith('node') ? 'function' : 'other';
}

export function peakBytesOf(pid: number): number {
  return kilobytesOf(pid, 'VmHWM');
}

export function residentBytesOf(pid: number): number {
  return kilobytesOf(pid, 'VmRSS');
}

function kilobytesOf(pid: number, what: string): number {
  const status = readIfThere(`/proc/${pid}/status`);
  return Number(new RegExp(`^${what}:\\s+(\\d+) kB`, 'm').exec(status)?.[1] ?? 0) * 1024;
}

function functionOf(pid: number): string | undefined {
  return /(?:^|\0)AWS_LAMBDA_FUNCTION_NAME=([^\0]+)/.exec(readIfThere(`/proc/${pid}/environ`))?.[1];
}

function readIfThere(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return ''; // ended meanwhile
  }
}
