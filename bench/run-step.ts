import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { text } from 'node:stream/consumers';
import type { TimeRange } from '../core/media/clip/clip-span.ts';
import { familyOf, residentBytesOf } from '../test/support/processes.ts';

export const measuredSteps = ['extract-audio', 'select-segments', 'render-clip'] as const;

/** What a step is to work on: the audio for `select-segments`, else the source. `extract-audio` finds scenes where there is no sound. */
export interface StepOrder {
  step: (typeof measuredSteps)[number] | 'find-scenes';
  path: string;
  folder: string;
  range: TimeRange;
  /** As the function's environment has them. */
  nodeOptions?: string;
}

export interface StepTaken {
  wallSeconds: number;
  /** User and system, of Node.js and of ffmpeg. */
  cpuSeconds: number;
  bytesRead: number;
  requests: number;
  /** What `extract-audio` made. */
  audioPath?: string;
}

const lookMs = 100;

/** Runs a step's work on so many cores. Linux only. Throws when it fails. */
export async function runStep(
  order: StepOrder,
  cores: 1 | 2,
  signal: AbortSignal,
): Promise<StepTaken & { peakMegabytes: number }> {
  const node = [process.execPath, 'bench/step-process.ts', JSON.stringify(order)];
  const child = spawn('taskset', ['--cpu-list', cores === 1 ? '0' : '0,1', ...node], {
    env: { ...process.env, NODE_OPTIONS: order.nodeOptions },
    stdio: ['ignore', 'pipe', 'inherit'],
    signal,
    killSignal: 'SIGKILL',
  });
  let peakBytes = 0;
  const clock = setInterval(() => {
    const bytes = familyOf(child.pid!).reduce((sum, pid) => sum + residentBytesOf(pid), 0);
    peakBytes = Math.max(peakBytes, bytes);
  }, lookMs);
  try {
    const [printed, [code]] = await Promise.all([text(child.stdout), once(child, 'close')]);
    if (code !== 0) throw new Error(`${order.step} ended with ${code}`);
    return { ...JSON.parse(printed), peakMegabytes: peakBytes / 1e6 };
  } finally {
    clearInterval(clock);
  }
}
