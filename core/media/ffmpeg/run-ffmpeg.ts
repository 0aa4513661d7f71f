import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { tmpdir } from 'node:os';
import type { Readable } from 'node:stream';
import { createTail } from './stderr-tail.ts';
import { type Room, watchRoom } from './watch-room.ts';

export interface RunOptions extends Room {
  signal: AbortSignal;
  /** Where it runs and writes; the machine's temporary folder for what writes no file. */
  folder?: string;
  /** It's killed when it takes longer. */
  wallSeconds: number;
  /** It's killed when it writes nothing to any of its outputs for so long. Default: no such limit. */
  stallSeconds?: number;
  /** Readers of its standard output (`pipe:1`) and of further pipes (`pipe:3`, `pipe:4`, …). */
  readers?: ((text: string) => void)[];
  /** Reads standard output as bytes; there are no `readers` then. */
  readBytes?: (bytes: Uint8Array) => void;
}

/** It ran and ended badly. What it said is for the log, not for the user. */
export class CommandFailed extends Error {
  override readonly name = 'CommandFailed';
  /** Its exit code, or the signal that ended it. */
  readonly exit: number | NodeJS.Signals;
  readonly stderr: string;

  constructor(path: string, exit: number | NodeJS.Signals, stderr: string) {
    super(`${path} ended with ${exit}: ${stderr}`);
    this.exit = exit;
    this.stderr = stderr;
  }

  /** Its input is at fault: it gave up on that, or crashed over it. Not so when it was killed, or the disk is full. */
  get isRefusal(): boolean {
    if (typeof this.exit === 'number') return !lackedSpace(this.stderr);
    return crashes.includes(this.exit);
  }
}

/** Not SIGILL: then the program is not for this processor. */
const crashes: NodeJS.Signals[] = ['SIGSEGV', 'SIGABRT', 'SIGFPE', 'SIGBUS'];

/** ffmpeg's exit code doesn't tell: it may be 0 too, when the end of a file could not be written. */
function lackedSpace(stderr: string): boolean {
  return stderr.includes('No space left on device');
}

const killAfterMs = 3000;

/** Nothing of ours. A static build crashes when it loads the machine's character converters: it finds none. */
const environment = { GCONV_PATH: '/nonexistent' };

/**
 * Runs ffmpeg or ffprobe to its end: no shell, no environment, nothing to read from.
 * Throws CommandFailed when it ends other than with 0 or the disk is full, MediaTooLarge when it took more room than it
 * may, a TimeoutError when it took too long, and the signal's reason when that aborts.
 */
export async function runFfmpeg(path: string, args: readonly string[], options: RunOptions): Promise<void> {
  const { signal, folder, wallSeconds, stallSeconds, readers = [], readBytes } = options;
  signal.throwIfAborted();
  const [readText, ...pipes] = readers;
  const child = spawn(path, args, {
    cwd: folder ?? tmpdir(),
    env: environment,
    stdio: ['ignore', readText || readBytes ? 'pipe' : 'ignore', 'pipe', ...pipes.map(() => 'pipe' as const)],
  });
  const closed = once(child, 'close') as Promise<[number | null, NodeJS.Signals | null]>;
  const clocks = new AbortController();
  const stop = AbortSignal.any([signal, clocks.signal]);

  const wall = setTimeout(() => clocks.abort(tookTooLong(path, wallSeconds)), wallSeconds * 1000);
  const stall = stallSeconds
    ? setTimeout(() => clocks.abort(tookTooLong(path, stallSeconds)), stallSeconds * 1000)
    : undefined;
  let kill: NodeJS.Timeout | undefined;
  const terminate = () => {
    child.kill('SIGTERM');
    // It may be deep in an encoder and not look at signals.
    kill = setTimeout(() => child.kill('SIGKILL'), killAfterMs);
  };
  stop.addEventListener('abort', terminate, { once: true });
  using _watch = watchRoom({ pid: child.pid, folder }, options, (failure) => {
    clocks.abort(failure);
    // Not in three seconds: until then it would take much more.
    child.kill('SIGKILL');
  });

  const stderr = createTail();
  listen(child.stderr, stderr.add);
  readers.forEach((read, index) => {
    listen(child.stdio[index === 0 ? 1 : index + 2] as Readable, (text) => {
      stall?.refresh();
      read(text);
    });
  });
  if (readBytes) {
    child.stdout?.on('data', (bytes: Uint8Array) => {
      stall?.refresh();
      readBytes(bytes);
    });
  }

  try {
    const [code, killedBy] = await closed;
    stop.throwIfAborted();
    if (code !== 0 || lackedSpace(stderr.text())) {
      throw new CommandFailed(path, code ?? killedBy ?? 'SIGKILL', stderr.text());
    }
  } finally {
    clearTimeout(wall);
    clearTimeout(stall);
    clearTimeout(kill);
    stop.removeEventListener('abort', terminate);
  }
}

function listen(stream: Readable | null, onText: (text: string) => void) {
  stream?.setEncoding('utf8').on('data', onText);
}

/** By the name that an aborted signal has, too: the state machine tries that again once, not three times. */
function tookTooLong(path: string, seconds: number) {
  const message = `${path} was stopped: no end, or no sign of life, within ${seconds} s`;
  return Object.assign(new Error(message), { name: 'TimeoutError' });
}
