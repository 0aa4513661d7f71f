import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { S3Client } from '@aws-sdk/client-s3';
import { resolveFfmpeg } from '../../layers/ffmpeg/resolve-ffmpeg.ts';
import { type Cloud, type CloudSettings, startCloud } from '../../local/cloud.ts';
import { synth } from '../../local/synth.ts';
import { codeDirVariable } from './global-setup.ts';

export interface TestCloud {
  cloud: Cloud;
  dataDir: string;
  logs: string[];
  /** The buckets' names. */
  uploads: string;
  clips: string;
  /** Signed as the owner of this machine. */
  s3: S3Client;
  stop(): Promise<void>;
}

interface CloudOptions extends Partial<Pick<CloudSettings, 'auth' | 'assemblyDir' | 'endpoints'>> {
  /** A deployer's. */
  settings?: Record<string, string>;
}

/** A cloud of its own for a test, on free ports, in a temporary folder. `assemblyDir`: another one than the stack's. */
export async function aCloud(options: CloudOptions = {}): Promise<TestCloud> {
  const dataDir = mkdtempSync(join(tmpdir(), 'clipwright-cloud-'));
  const logs: string[] = [];
  const log = (line: string) => void logs.push(line);
  const cloud = await startCloud({
    assemblyDir: options.assemblyDir ?? (await synth(process.cwd(), log, options.settings)),
    dataDir,
    codeDir: process.env[codeDirVariable],
    port: 0,
    auth: options.auth,
    endpoints: options.endpoints,
    tools: resolveFfmpeg(process.env),
    log,
  });
  const { s3Url: endpoint, region, ownerKey: credentials } = cloud;
  const s3 = new S3Client({ endpoint, region, credentials });

  const bucketNamed = (part: string) =>
    cloud.stack.ofType('AWS::S3::Bucket').find(({ logicalId }) => logicalId.startsWith(part))?.ref ?? '';
  return {
    cloud,
    dataDir,
    logs,
    uploads: bucketNamed('Uploads'),
    clips: bucketNamed('Clips'),
    s3,
    async stop() {
      s3.destroy();
      await cloud.stop();
      rmSync(dataDir, { recursive: true, force: true });
    },
  };
}
