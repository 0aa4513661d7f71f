import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { functionsPerTest } from '../support/functions-per-test.ts';
import { temporaryFolders } from '../support/temporary-folder.ts';
import { isGone } from '../support/tiny-functions.ts';

const newFolder = temporaryFolders();
const running = functionsPerTest();

describe('a function that fails', () => {
  it("names its error by the error's own name, with message and trace", async () => {
    const { run } = await running(
      'throw Object.assign(new Error("no such thing"), { name: "SourceMissing" });',
    );

    await expect(run()).rejects.toMatchObject({
      name: 'SourceMissing',
      message: 'no such thing',
      trace: expect.arrayContaining([expect.stringContaining('index.js')]),
    });
  });

  it.each([
    ['exits', 'process.exit(3)', 'Runtime.ExitError', /exited with error: exit status 3$/],
    ['exits quietly', 'process.exit(0)', 'Runtime.ExitError', /exited without providing a reason$/],
    [
      'is killed',
      'process.kill(process.pid, "SIGKILL"); await new Promise(() => {})',
      'Runtime.ExitError',
      /signal: killed$/,
    ],
    [
      'throws where nobody waits',
      'setImmediate(() => { throw new RangeError("late") }); await new Promise((r) => setTimeout(r, 10_000))',
      'RangeError',
      /late/,
    ],
    [
      'leaves a rejection',
      'Promise.reject(new Error("left")); await new Promise((r) => setTimeout(r, 10_000))',
      'Runtime.UnhandledPromiseRejection',
      /left/,
    ],
    ['returns what is no JSON', 'const a = {}; a.a = a; return a', 'Runtime.MarshalError', /circular/],
    ['answers too much', 'return "x".repeat(6_300_000)', 'Function.ResponseSizeTooLarge', /6291556 bytes/],
  ])(
    'that %s fails as on Lambda, and the next invocation starts afresh',
    async (_what, statement, name, message) => {
      const { run } = await running(`if (event.fail) { ${statement} }; return "well";`);

      await expect(run({ fail: true })).rejects.toMatchObject({
        name,
        message: expect.stringMatching(message),
      });
      await expect(run()).resolves.toBe('well');
    },
  );

  it.each([
    ['require("./missing")', 'Runtime.ImportModuleError'],
    ['this is no JavaScript', 'Runtime.UserCodeSyntaxError'],
    ['throw new TypeError("at load")', 'TypeError'],
  ])('when it is loaded (%s) says so', async (before, name) => {
    const { run } = await running('', {}, before);

    await expect(run()).rejects.toMatchObject({ name });
  });

  it('for want of a handler says so', async () => {
    const { run } = await running('', { handler: 'index.other' });

    await expect(run()).rejects.toMatchObject({ name: 'Runtime.HandlerNotFound' });
  });

  it('by holding more memory than it has is killed', async () => {
    const body =
      'const held = []; for (;;) { held.push(Buffer.alloc(2 ** 24, 1)); await new Promise(setImmediate); }';
    const { run } = await running(body, { memoryMegabytes: 200 });

    await expect(run()).rejects.toMatchObject({ name: 'Runtime.OutOfMemory' });
  });
});

describe('a function that takes too long', () => {
  it('is killed with everything it started, though it never looks up', async () => {
    const folder = newFolder();
    const body = `
      const child = require('child_process').spawn('/bin/sh', ['-c', 'trap "" TERM; sleep 300'], { stdio: 'ignore' });
      require('fs').writeFileSync(${JSON.stringify(join(folder, 'pid'))}, String(child.pid));
      for (;;);`;
    const { run } = await running(body, { timeoutSeconds: 1 });

    await expect(run()).rejects.toMatchObject({
      name: 'Sandbox.Timedout',
      message: expect.stringMatching(/^RequestId: \S+ Error: Task timed out after 1\.00 seconds$/),
    });
    await expect(isGone(Number(readFileSync(join(folder, 'pid'), 'utf8')))).resolves.toBe(true);
  });
});
