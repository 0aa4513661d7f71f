import { GetObjectCommand, type S3Client } from '@aws-sdk/client-s3';
import { createPresignedPost } from '@aws-sdk/s3-presigned-post';
import { getSignedUrl } from '@aws-sdk/s3-request-presigner';
import { limits } from '../../core/limits.ts';
import type { UrlSigner } from '../../core/ports.ts';
import { contentDisposition } from '../../core/uploads/filename.ts';

/**
 * Forms into the uploads bucket and downloads from the clips bucket. What is signed dies with the credentials that
 * signed it, and Lambda does not tell when its own end: a client whose form is refused as expired asks for another.
 */
export function createS3UrlSigner(s3: S3Client, buckets: { uploads?: string; clips?: string }): UrlSigner {
  return {
    async signUpload({ key, contentType, sizeBytes }) {
      const expiresInSeconds = limits.urlLifeSeconds;
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
      return getSignedUrl(s3, command, { expiresIn: limits.urlLifeSeconds });
    },
  };
}

function named(bucket: string | undefined): string {
  if (!bucket) throw new Error('This function signs nothing for that bucket.');
  return bucket;
}
