import { HeadObjectCommand, ListObjectsV2Command } from '@aws-sdk/client-s3';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { aCloud, type TestCloud } from '../support/cloud.ts';
import { tellMainJob } from './main-job.ts';

let local: TestCloud;
beforeAll(async () => {
  local = await aCloud({ auth: true });
});
afterAll(() => local?.stop());

const keysIn = async (Bucket: string) => {
  const { Contents = [] } = await local.s3.send(new ListObjectsV2Command({ Bucket }));
  return Contents.map(({ Key = '' }) => Key);
};

tellMainJob(
  () => ({ url: local.cloud.apiUrl, token: local.cloud.tokens?.alice }),
  () => {
    it('leaves nothing in the uploads bucket, and clips with posters in the other', async () => {
      const { s3, uploads, clips } = local;

      const kept = await keysIn(clips);

      expect(await keysIn(uploads)).toEqual([]);
      expect(kept.filter((key) => key.endsWith('.mp4'))).toHaveLength(6);
      expect(kept.filter((key) => key.endsWith('.jpg'))).toHaveLength(6);
      const head = await s3.send(new HeadObjectCommand({ Bucket: clips, Key: kept[0] ?? '' }));
      expect(head.ContentType).toMatch(/^(video\/mp4|image\/jpeg)$/);
    });
  },
);
