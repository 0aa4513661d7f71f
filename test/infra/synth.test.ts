import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { describe, expect, it } from '@jest/globals';
import { temporaryFolders } from '../support/temporary-folder.ts';

const newFolder = temporaryFolders();

describe('cdk synth', () => {
  it.each([
    ['as it is', []],
    ['with all that a deployer may add', ['-c', 'transcript=on', '-c', 'inboxOwner=alice']],
  ])('passes CloudFormation validation and cdk-nag, as a deployer runs it, %s', async (_what, settings) => {
    const output = newFolder();
    const { CDK_VALIDATION: _, ...environment } = process.env;

    const args = ['cdk', 'synth', '--quiet', '--output', output, '-c', 'ffmpegLayer=skip', ...settings];
    await promisify(execFile)('npx', args, {
      env: { ...environment, CDK_DISABLE_CLI_TELEMETRY: 'true' },
      maxBuffer: 64 * 1024 * 1024,
    });

    const { Resources } = JSON.parse(readFileSync(join(output, 'Clipwright.template.json'), 'utf8'));
    expect(Object.keys(Resources).length).toBeLessThan(500);
  });
});
