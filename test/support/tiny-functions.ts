import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { FunctionDefinition } from '../../local/functions/function-definition.ts';
import { type Functions, startFunctions } from '../../local/functions/functions.ts';
import { eventually } from './eventually.ts';

const roleArn = 'arn:aws:iam::000000000000:role/tiny';

/** A bundle whose handler is the body of `async (event, context) => {…}`; `before` runs when it is loaded. */
export function writeBundle(folder: string, body: string, before = ''): string {
  mkdirSync(folder, { recursive: true });
  writeFileSync(
    join(folder, 'index.js'),
    `${before}\nexports.handler = async (event, context) => {\n${body}\n};\n`,
  );
  return folder;
}

export function aFunction(
  assetFolder: string,
  overrides: Partial<FunctionDefinition> = {},
): FunctionDefinition {
  return {
    name: 'tiny',
    arn: 'arn:aws:lambda:us-east-1:000000000000:function:tiny',
    roleArn,
    handler: 'index.handler',
    assetFolder,
    timeoutSeconds: 20,
    memoryMegabytes: 256,
    variables: {},
    hasLayer: false,
    maxRetries: 2,
    ...overrides,
  };
}

export function startTiny(
  dataDir: string,
  definitions: FunctionDefinition[],
  codeDir?: string,
): Promise<Functions> {
  return startFunctions({
    dataDir,
    codeDir,
    definitions,
    keyOf: (arn) => ({ accessKeyId: `key of ${arn}`, secretAccessKey: 'secret' }),
    endpoints: () => ({
      AWS_ENDPOINT_URL_S3: 'http://127.0.0.1:1',
      AWS_ENDPOINT_URL_DYNAMODB: 'http://127.0.0.1:2',
      AWS_ENDPOINT_URL_SFN: 'http://127.0.0.1:3',
    }),
    tools: { ffmpegPath: '/here/ffmpeg', ffprobePath: '/here/ffprobe' },
  });
}

/** True once no process has this id any more, for which it waits: a killed one takes a moment to go. */
export async function isGone(pid: number): Promise<boolean> {
  const gone = () => {
    try {
      process.kill(pid, 0);
      return false;
    } catch {
      return true;
    }
  };
  await eventually(gone);
  return gone();
}
