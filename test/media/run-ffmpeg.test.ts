import { mkdtempSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { CommandFailed, runFfmpeg } from '../../core/media/ffmpeg/run-ffmpeg.ts';
import { createTools } from '../../core/media/ffmpeg/tools.ts';
import { ffmpeg, temporaryFolder } from '../support/media.ts';

const temporary = temporaryFolder();
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

  it.each([
    ['it crashes, which is the fault of the file', 'SIGSEGV', true],
    ['it is killed, which is no fault of the file', 'SIGKILL', false],
    ['it is not made for this processor, which is none either', 'SIGILL', false],
  ])('fails with the signal when %s', async (_, exit, isRefusal) => {
    const dying = runFfmpeg('/bin/sh', ['-c', `kill -${exit.slice(3)} $$`], {
      signal: never,
      wallSeconds: 20,
    });

    const error = await dying.catch((reason) => reason);

    expect(error).toBeInstanceOf(CommandFailed);
    expect(error).toMatchObject({ exit, isRefusal });
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

    await expect(running).rejects.toMatchObject({
      name: 'TimeoutError',
      message: expect.stringContaining('was stopped'),
    });
  });

  it('is killed at once when it takes more memory than it may, deaf or not', async () => {
    const hungry = 'trap "" TERM; words=x; while :; do words=$words$words; sleep 0.05; done';
    const running = runFfmpeg('/bin/sh', ['-c', hungry], {
      signal: never,
      wallSeconds: 60,
      memoryBytes: 32 * 1024 ** 2,
    });

    await expect(running).rejects.toMatchObject({
      name: 'MediaTooLarge',
      message: expect.stringContaining('memory'),
    });
  });

  it('is killed when its folder grows beyond what it may', async () => {
    const full = mkdtempSync(join(temporary, 'full-'));
    const writing = 'while :; do head -c 100000 /dev/zero >> bomb; sleep 0.02; done';
    const running = runFfmpeg('/bin/sh', ['-c', writing], {
      signal: never,
      wallSeconds: 60,
      folder: full,
      folderBytes: 1_000_000,
    });

    await expect(running).rejects.toMatchObject({
      name: 'MediaTooLarge',
      message: expect.stringContaining('room'),
    });
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

describe('a command that was stopped', () => {
  it('is logged with the reason, so that it can be pasted and run again', async () => {
    const logged: Record<string, unknown>[] = [];
    const log = (_: string, fields: Record<string, unknown>) => logged.push(fields);
    const tools = createTools({ ffmpegPath: '/bin/sleep', ffprobePath: '/bin/sleep', log });

    const running = tools.ffmpeg(['20'], { signal: never, wallSeconds: 0.2 });

    await expect(running).rejects.toThrow('was stopped');
    expect(logged).toEqual([{ command: '/bin/sleep 20', reason: expect.stringContaining('was stopped') }]);
  });
});
