import { readdir, readFile } from 'node:fs/promises';
import { join, relative } from 'node:path';
import {
  DeleteObjectCommand,
  PutObjectCommand,
  paginateListObjectsV2,
  type S3Client,
} from '@aws-sdk/client-s3';
import { matchesWildcard } from '../iam/wildcard.ts';
import type { BucketDeployment, Source } from './bucket-deployments.ts';
import { contentTypeOf } from './content-type.ts';

/** Makes the bucket hold what the deployment says: as `aws s3 sync` would, but that it sends every file. */
export async function deployFiles(deployment: BucketDeployment, s3: S3Client): Promise<void> {
  const { bucketName: Bucket, prefix, sources, exclude, prune, cacheControl } = deployment;
  const excluded = (path: string) => exclude.some((pattern) => matchesWildcard(pattern, path));

  const files = new Map<string, Buffer>();
  for (const source of sources) for (const [path, content] of await filesOf(source)) files.set(path, content);
  const sent = [...files].filter(([path]) => !excluded(path));
  for (const [path, Body] of sent) {
    const described = { CacheControl: cacheControl, ContentType: contentTypeOf(path) };
    await s3.send(new PutObjectCommand({ Bucket, Key: prefix + path, Body, ...described }));
  }

  if (!prune) return;
  for await (const { Contents = [] } of paginateListObjectsV2({ client: s3 }, { Bucket, Prefix: prefix })) {
    for (const { Key = '' } of Contents) {
      const path = Key.slice(prefix.length);
      if (!files.has(path) && !excluded(path)) await s3.send(new DeleteObjectCommand({ Bucket, Key }));
    }
  }
}

/** By their paths within the folder, markers replaced. */
async function filesOf({ folder, markers, jsonEscape }: Source): Promise<Map<string, Buffer>> {
  const files = new Map<string, Buffer>();
  for (const entry of await readdir(folder, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile()) continue;
    const path = join(entry.parentPath, entry.name);
    const content = await readFile(path);
    const hasMarkers = Object.keys(markers).length > 0;
    files.set(relative(folder, path), hasMarkers ? replaceMarkers(content, markers, jsonEscape) : content);
  }
  return files;
}

function replaceMarkers(content: Buffer, markers: Record<string, string>, jsonEscape: boolean): Buffer {
  let text = content.toString('utf8');
  for (const [marker, value] of Object.entries(markers))
    text = text.replaceAll(marker, () => (jsonEscape ? JSON.stringify(value).slice(1, -1) : value));
  return Buffer.from(text);
}
