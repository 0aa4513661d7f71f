import { mkdtemp, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { deriveKeys, machineSecret } from '../../local/iam/keys.ts';

describe('access keys', () => {
  it('stay the same for the same secret, and differ between roles and between machines', () => {
    const key = (secret: string, role: string) => deriveKeys(secret, [role]).get(role)!;

    expect(key('one', 'a')).toEqual(key('one', 'a'));
    expect(
      new Set([key('one', 'a'), key('one', 'b'), key('two', 'a')].map(({ accessKeyId }) => accessKeyId)).size,
    ).toBe(3);
    expect(key('one', 'a').accessKeyId).toMatch(/^AKIA[A-Z2-7]{16}$/);
    expect(key('one', 'a').secretAccessKey).toHaveLength(40);
  });

  it('come from a secret that is kept, for its owner’s eyes only', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'secret-'));
    const path = join(folder, 'secret');

    const secret = await machineSecret(path);

    expect(secret).toMatch(/^[0-9a-f]{64}$/);
    expect(await machineSecret(path)).toBe(secret);
    expect((await stat(path)).mode & 0o777).toBe(0o600);
    await rm(folder, { recursive: true });
  });
});
