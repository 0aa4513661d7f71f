import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { S3Client } from '@aws-sdk/client-s3';
import { describe, expect, it } from '@jest/globals';
import { createS3ObjectStore } from '../../lambdas/shared/s3-object-store.ts';
import { breakingProxy } from '../support/breaking-proxy.ts';
import { aBucket } from '../support/local-services.ts';
import { temporaryFolders } from '../support/temporary-folder.ts';

const newFolder = temporaryFolders();

describe('an object store on S3', () => {
  it('sends a file again, whole, whose connection broke off', async () => {
    const { client, name, url, stop } = await aBucket();
    const proxy = await breakingProxy(url, 2);
    const throughProxy = new S3Client({
      endpoint: proxy.url,
      region: 'us-east-1',
      credentials: client.config.credentials,
    });
    const path = join(newFolder(), 'clip.mp4');
    writeFileSync(path, 'clip'.repeat(100_000));

    try {
      const put = await createS3ObjectStore(throughProxy, name).putFile('clip.mp4', path, {
        contentType: 'video/mp4',
        once: true,
      });

      expect(put).toMatchObject({ created: true, sizeBytes: 400_000 });
      expect(await createS3ObjectStore(client, name).head('clip.mp4')).toMatchObject({ sizeBytes: 400_000 });
      expect(proxy.broken()).toBe(2);
    } finally {
      throughProxy.destroy();
      proxy.stop();
      await stop();
    }
  });
});
