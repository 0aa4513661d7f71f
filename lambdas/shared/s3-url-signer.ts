import { GetObjectCommand, type S3Client } from '@aws-sdk/client-s3';
import { createPresignedPost } from '@aws-sdk/s3-presigned-post';
import { getSignedUrl } from '@aws-sdk/s3-request-presigner';
import { limits } from '../../core/limits.ts';
import type { UrlSigner } from '../../core/ports.ts';
import { contentDisposition } from '../../core/uploads/filename.ts';

/** Forms into the uploads bucket and downloads from the clips bucket. */
export function createS3UrlSigner(s3: S3Client, buckets: { uploads?: string; clips?: string }): UrlSigner {
  /** A signature dies with the credentials that made it. */
  async function lifeSeconds(): Promise<number> {
    const { expiration } = await s3.config.credentials();
    const left = expiration
      ? Math.floor((expiration.getTime() - Date.now()) / 1000)
      : Number.POSITIVE_INFINITY;
    return Math.max(1, Math.min(limits.urlLifeSeconds, left));
  }

  return {
    async signUpload({ key, contentType, sizeBytes }) {
      const expiresInSeconds = await lifeSeconds();
      const { url, fields } = await createPresignedPost(s3, {
        Bucket: named(buckets.uploads),
        Key: key,
        Fields: { 'Content-Type': contentType },
        Conditions: [
          ['eq', '$Content-Type', contentType],
          ['content-length-range', sizeBytes, sizeBytes],
        ],
        Expires: expiresInSeconds,
      });
      return { url, fields, expiresInSeconds };
    },

    async signDownload(key, { filename } = {}) {
      const command = new GetObjectCommand({
        Bucket: named(buckets.clips),
        Key: key,
        ...(filename && { ResponseContentDisposition: contentDisposition(filename) }),
      });
      return getSignedUrl(s3, command, { expiresIn: await lifeSeconds() });
    },
  };
}

function named(bucket: string | undefined): string {
  if (!bucket) throw new Error('This function signs nothing for that bucket.');
  return bucket;
}
