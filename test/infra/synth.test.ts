import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { describe, expect, it } from '@jest/globals';
import { temporaryFolders } from '../support/temporary-folder.ts';

const newFolder = temporaryFolders();
const everything = [
  ...['stage=prod', 'transcript=on', 'inboxOwner=alice', 'alarmEmail=ops@example.com'],
  ...['domain=clips.example.com', 'certificateArn=arn:aws:acm:us-east-1:123456789012:certificate/1-2-3'],
];

describe('cdk synth', () => {
  it.each([
    ['as it is', 'Clipwright', []],
    ['with all that a deployer may add', 'Clipwright-prod', everything],
  ])(
    'passes CloudFormation validation and cdk-nag, as a deployer runs it, %s',
    async (_what, stack, settings) => {
      const output = newFolder();
      const { CDK_VALIDATION: _, ...environment } = process.env;

      const args = [
        'cdk',
        'synth',
        '--quiet',
        '--output',
        output,
        '-c',
        'ffmpegLayer=skip',
        ...settings.flatMap((setting) => ['-c', setting]),
      ];
      await promisify(execFile)('npx', args, {
        env: { ...environment, CDK_DISABLE_CLI_TELEMETRY: 'true' },
        maxBuffer: 64 * 1024 * 1024,
      });

      const { Resources } = JSON.parse(readFileSync(join(output, `${stack}.template.json`), 'utf8'));
      expect(Object.keys(Resources).length).toBeLessThan(500);
      // Against a destroy that nobody thought over; what the stack is for is on all that it makes.
      const { artifacts } = JSON.parse(readFileSync(join(output, 'manifest.json'), 'utf8'));
      const { terminationProtection = false, tags } = artifacts[stack].properties;
      expect(terminationProtection).toBe(stack === 'Clipwright-prod');
      expect(tags).toMatchObject({ application: 'clipwright' });
    },
  );
});
