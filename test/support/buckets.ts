import { ListMultipartUploadsCommand, ListObjectsV2Command } from '@aws-sdk/client-s3';
import type { TestCloud } from './cloud.ts';

/** The keys of all objects and unfinished uploads of a job, in both buckets. */
export async function keysOf({ s3, uploads, clips }: TestCloud, jobId: string): Promise<string[]> {
  const listed = await Promise.all(
    [uploads, clips].flatMap((Bucket) => [
      s3.send(new ListObjectsV2Command({ Bucket })).then(({ Contents = [] }) => Contents),
      s3.send(new ListMultipartUploadsCommand({ Bucket })).then(({ Uploads = [] }) => Uploads),
    ]),
  );
  return listed
    .flat()
    .map(({ Key = '' }) => Key)
    .filter((key) => key.includes(jobId))
    .sort();
}
