import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from '@jest/globals';
import { fontPath } from '../../layers/ffmpeg/resolve-ffmpeg.ts';
import type { FunctionDefinition } from '../../local/functions/function-definition.ts';
import type { Functions } from '../../local/functions/functions.ts';
import { eventually } from '../support/eventually.ts';
import { temporaryFolders } from '../support/temporary-folder.ts';
import { aFunction, isGone, startTiny, writeBundle } from '../support/tiny-functions.ts';

const newFolder = temporaryFolders();
let functions: Functions | undefined;
afterEach(async () => {
  await functions?.stop();
  functions = undefined;
});

/** Starts one function, and answers how to run it. */
async function running(body: string, overrides: Partial<FunctionDefinition> = {}, before = '') {
  const dataDir = newFolder();
  const definition = aFunction(writeBundle(join(newFolder(), 'asset.1'), body, before), overrides);
  functions = await startTiny(dataDir, [definition]);
  const run = (payload: unknown = {}) => functions!.run(definition.arn, payload);
  return { run, dataDir, log: () => readFileSync(join(dataDir, 'logs/tiny.log'), 'utf8') };
}

describe('a function that answers', () => {
  it('gets the payload, and its result comes back', async () => {
    const { run } = await running('return { got: event };');

    await expect(run({ a: [1, 'ü'] })).resolves.toEqual({ got: { a: [1, 'ü'] } });
  });

  it('finds in its context what Lambda puts there', async () => {
    const { run } = await running('return { ...context, leftMs: context.getRemainingTimeInMillis() };');

    const context = (await run()) as Record<string, unknown>;

    expect(context).toMatchObject({
      functionName: 'tiny',
      functionVersion: '$LATEST',
      invokedFunctionArn: 'arn:aws:lambda:us-east-1:000000000000:function:tiny',
      memoryLimitInMB: '256',
      logGroupName: '/aws/lambda/tiny',
    });
    expect(context.awsRequestId).toMatch(/^[0-9a-f-]{36}$/);
    expect(context.leftMs).toBeGreaterThan(0);
    expect(context.leftMs).toBeLessThanOrEqual(20_000);
  });

  it('stays warm for the next invocation', async () => {
    const { run } = await running('return [process.pid, ++count];', {}, 'let count = 0;');

    const first = (await run()) as number[];
    const second = (await run()) as number[];

    expect(second).toEqual([first[0], 2]);
  });

  it('is started anew for the next one when it was killed while it had nothing to do', async () => {
    const { run } = await running('return [process.pid, process.env.TMPDIR];');
    const [pid, folder] = (await run()) as [number, string];

    process.kill(pid, 'SIGKILL');
    await eventually(() => !existsSync(folder));
    const [next] = (await run()) as [number, string];

    expect(next).not.toBe(pid);
  });

  it('answers null where the handler returns nothing', async () => {
    const { run } = await running('');

    await expect(run()).resolves.toBeNull();
  });

  it('leaves what it prints in its log, with a line on each invocation', async () => {
    const { run, log } = await running('console.log("hello from", event.name);');

    await run({ name: 'Ada' });
    await functions!.stop();

    expect(log()).toMatch(/^START RequestId: \S+ Version: \$LATEST\n/);
    expect(log()).toContain('hello from Ada\n');
    expect(log()).toMatch(
      /^REPORT RequestId: \S+ Duration: \d+ ms Memory Size: 256 MB Max Memory Used: [1-9]\d* MB$/m,
    );
  });
});

describe('the environment of a function', () => {
  it('holds what the template and Lambda say, and nothing of the developer', async () => {
    process.env.SECRET_OF_THE_DEVELOPER = 'x';
    const { run } = await running('return process.env;', { variables: { TABLE: 'jobs' } });

    const environment = (await run()) as Record<string, string>;

    delete process.env.SECRET_OF_THE_DEVELOPER;
    expect(environment).toMatchObject({
      TABLE: 'jobs',
      AWS_REGION: 'us-east-1',
      AWS_LAMBDA_FUNCTION_NAME: 'tiny',
      AWS_LAMBDA_FUNCTION_MEMORY_SIZE: '256',
      AWS_ACCESS_KEY_ID: 'key of arn:aws:iam::000000000000:role/tiny',
      AWS_ENDPOINT_URL_S3: 'http://127.0.0.1:1',
    });
    expect(environment).not.toHaveProperty('SECRET_OF_THE_DEVELOPER');
    expect(environment).not.toHaveProperty('USER');
  });

  it("has this machine's tools in the place of a layer's", async () => {
    const variables = {
      FFMPEG_PATH: '/opt/bin/ffmpeg',
      FFPROBE_PATH: '/opt/bin/ffprobe',
      FONT_PATH: '/opt/font/x.ttf',
    };
    const { run } = await running(
      'const { FFMPEG_PATH, FFPROBE_PATH, FONT_PATH } = process.env; return [FFMPEG_PATH, FFPROBE_PATH, FONT_PATH];',
      {
        variables,
        hasLayer: true,
      },
    );

    await expect(run()).resolves.toEqual(['/here/ffmpeg', '/here/ffprobe', fontPath]);
  });

  it('has a temporary folder of its own, which goes with the function', async () => {
    const { run } = await running(
      'require("fs").writeFileSync(process.env.TMPDIR + "/f", ""); return process.env.TMPDIR;',
    );

    const folder = (await run()) as string;
    const filled = existsSync(join(folder, 'f'));
    await functions!.stop();

    expect(filled).toBe(true);
    expect(existsSync(folder)).toBe(false);
  });
});

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

describe('many invocations at once', () => {
  it('run side by side up to the reserved concurrency, and all of them are answered', async () => {
    const body = 'await new Promise((r) => setTimeout(r, 150)); return process.pid;';
    const { run } = await running(body, { reservedConcurrency: 2 });

    const pids = await Promise.all(Array.from({ length: 6 }, () => run()));

    expect(new Set(pids).size).toBe(2);
  });
});
