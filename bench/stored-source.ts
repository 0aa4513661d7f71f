import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { S3Client } from '@aws-sdk/client-s3';
import type { ByteSource } from '../core/media/types.ts';
import { createS3ObjectStore } from '../lambdas/shared/s3-object-store.ts';
import { ownerArn } from '../local/iam/create-access.ts';
import { region } from '../local/types.ts';
import { bucketName, ownerKeys } from '../test/support/local-s3.ts';

const serverPath = 'test/support/local-s3-process.ts';

/** A recording in a bucket, read as the functions read it; the S3 is a process of its own, and ends with it. */
export async function storeSource(
  path: string,
  folder: string,
): Promise<AsyncDisposable & { source: ByteSource }> {
  const server = spawn(process.execPath, [serverPath, folder], { stdio: ['ignore', 'pipe', 'inherit'] });
  const lines = createInterface(server.stdout);
  const [line] = await once(lines, 'line');
  const s3 = new S3Client({ endpoint: JSON.parse(line), region, credentials: ownerKeys.get(ownerArn)! });
  const bucket = createS3ObjectStore(s3, bucketName);
  const key = 'source.mp4';
  const { etag, sizeBytes } = await bucket.putFile(key, path, { contentType: 'video/mp4' });
  return {
    source: bucket.open({ key, etag, sizeBytes }),
    async [Symbol.asyncDispose]() {
      s3.destroy();
      server.kill('SIGKILL');
      if (server.exitCode === null && server.signalCode === null) await once(server, 'exit');
    },
  };
}
