import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { aCloud, type TestCloud } from '../support/cloud.ts';
import { runCli } from '../support/run-cli.ts';

describe('the command line beside a cloud that asks for tokens', () => {
  let local: TestCloud;
  beforeAll(async () => {
    local = await aCloud({ auth: true });
  });
  afterAll(() => local.stop());

  it('says that the token is missing, takes one from its variable, and shows it nowhere', async () => {
    const token = local.cloud.tokens!.alice!;
    const url = ['--url', local.cloud.apiUrl];

    const without = await runCli(['list', ...url]);
    const withToken = await runCli(['list', ...url], { environment: { CLIPWRIGHT_TOKEN: token } });
    const wrong = await runCli(['list', ...url, '--json'], {
      environment: { CLIPWRIGHT_TOKEN: `${token}x` },
    });

    expect(without).toMatchObject({ exitCode: 3, stderr: expect.stringContaining('set CLIPWRIGHT_TOKEN') });
    expect(withToken).toMatchObject({ exitCode: 0, stdout: 'No jobs.\n' });
    expect(wrong.exitCode).toBe(3);
    expect(wrong.stdout + wrong.stderr).not.toContain(token);
  });
});
