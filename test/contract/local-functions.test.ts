import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { fontPath } from '../../layers/ffmpeg/resolve-ffmpeg.ts';
import { eventually } from '../support/eventually.ts';
import { functionsPerTest } from '../support/functions-per-test.ts';

const running = functionsPerTest();

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
    const { run, stop, log } = await running('console.log("hello from", event.name);');

    await run({ name: 'Ada' });
    await stop();

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
    const { run, stop } = await running(
      'require("fs").writeFileSync(process.env.TMPDIR + "/f", ""); return process.env.TMPDIR;',
    );

    const folder = (await run()) as string;
    const filled = existsSync(join(folder, 'f'));
    await stop();

    expect(filled).toBe(true);
    expect(existsSync(folder)).toBe(false);
  });
});

describe('many invocations at once', () => {
  it('run side by side up to the reserved concurrency, and all of them are answered', async () => {
    const { run } = await running('return process.pid;', { reservedConcurrency: 2 });

    const pids = await Promise.all(Array.from({ length: 6 }, () => run()));

    expect(new Set(pids).size).toBe(2);
  });
});
