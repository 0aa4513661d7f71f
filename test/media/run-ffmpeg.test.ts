import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { CommandFailed, runFfmpeg } from '../../core/media/run-ffmpeg.ts';
import { ffmpeg } from '../support/media.ts';

const never = new AbortController().signal;
/** In real time, so it goes on until it's stopped. */
const endless = ['-re', '-f', 'lavfi', '-i', 'testsrc2=r=5', '-f', 'null', '-metadata', 'title=endless', '-'];

/** Whether a process with this word among its arguments is there. */
function isRunning(word: string): boolean {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .some((pid) => commandLine(pid).includes(word));
}

function commandLine(pid: string): string {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8');
  } catch {
    return '';
  }
}

describe('running ffmpeg', () => {
  it('fails with its exit code and its own words when it refuses', async () => {
    const running = runFfmpeg(ffmpeg.ffmpegPath, ['-i', '/no/such/file'], { signal: never, wallSeconds: 20 });

    await expect(running).rejects.toMatchObject({ name: 'CommandFailed', exit: expect.any(Number) });
    await expect(running).rejects.toMatchObject({
      stderr: expect.stringContaining('No such file'),
      isRefusal: true,
    });
  });

  it('fails with the signal when it crashes, which is no fault of the file', async () => {
    const crashing = runFfmpeg('/bin/sh', ['-c', 'kill -SEGV $$'], { signal: never, wallSeconds: 20 });

    const error = await crashing.catch((reason) => reason);

    expect(error).toBeInstanceOf(CommandFailed);
    expect(error).toMatchObject({ exit: 'SIGSEGV', isRefusal: false });
  });

  it('ends with the reason of an abort, and leaves nothing running', async () => {
    const stop = new AbortController();
    const mark = `title=stopped-by-${process.pid}`;
    const args = endless.with(-2, mark);
    const running = runFfmpeg(ffmpeg.ffmpegPath, args, { signal: stop.signal, wallSeconds: 60 });
    expect(isRunning(mark)).toBe(true);

    stop.abort(new Error('cancelled'));

    await expect(running).rejects.toThrow('cancelled');
    expect(isRunning(mark)).toBe(false);
  });

  it.each([
    ['takes too long', { wallSeconds: 0.5 }],
    ['gives no sign of life', { wallSeconds: 60, stallSeconds: 0.5 }],
  ])('is stopped when it %s', async (_, limits) => {
    const running = runFfmpeg(ffmpeg.ffmpegPath, endless, { signal: never, ...limits });

    await expect(running).rejects.toThrow(/was stopped/);
  });

  it('is killed when it does not heed being told to stop', async () => {
    const deaf = runFfmpeg('/bin/sh', ['-c', 'trap "" TERM; while :; do sleep 0.1; done'], {
      signal: never,
      wallSeconds: 0.2,
    });

    await expect(deaf).rejects.toThrow(/was stopped/);
  });

  it('sees nothing of our environment', async () => {
    let printed = '';
    await runFfmpeg('/usr/bin/env', [], {
      signal: never,
      wallSeconds: 20,
      readers: [(text) => (printed += text)],
    });

    expect(printed).toBe('GCONV_PATH=/nonexistent\n');
  });
});
