import { GetObjectCommand, type S3Client, UploadPartCommand } from '@aws-sdk/client-s3';
import { createPresignedPost } from '@aws-sdk/s3-presigned-post';
import { getSignedUrl } from '@aws-sdk/s3-request-presigner';
import { limits } from '../../core/limits.ts';
import type { UrlSigner } from '../../core/ports/uploads.ts';
import { contentDisposition } from '../../core/uploads/filename.ts';

/**
 * Forms and parts into the uploads bucket, downloads from the clips bucket. What is signed dies with the credentials that
 * signed it, and Lambda does not tell when its own end: a client whose form or URL is refused as expired asks for another.
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

    async signPart({ key, uploadId, partNumber, sizeBytes }) {
      const expiresInSeconds = limits.urlLifeSeconds;
      const command = new UploadPartCommand({
        Bucket: named(buckets.uploads),
        Key: key,
        UploadId: uploadId,
        PartNumber: partNumber,
        ContentLength: sizeBytes,
      });
      const url = await getSignedUrl(s3, command, {
        expiresIn: expiresInSeconds,
        // A part has no policy that would hold it to its size; a signed header does.
        signableHeaders: new Set(['host', 'content-length']),
      });
      return { url, expiresInSeconds };
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
