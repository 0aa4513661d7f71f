import {
  AbortMultipartUploadCommand,
  CompleteMultipartUploadCommand,
  CreateMultipartUploadCommand,
  ListPartsCommand,
  type S3Client,
  S3ServiceException,
} from '@aws-sdk/client-s3';
import type { MultipartUpload, MultipartUploads, UploadedPart } from '../../core/ports/uploads.ts';
import { retryFresh } from './retry-fresh.ts';
import { hasStatus, unquoted } from './s3-answers.ts';

/** The uploads in parts into one bucket of S3. */
export function createS3MultipartUploads(s3: S3Client, Bucket: string): MultipartUploads {
  const named = ({ key, uploadId }: MultipartUpload) => ({ Bucket, Key: key, UploadId: uploadId });

  return {
    async begin({ key, contentType }) {
      const command = new CreateMultipartUploadCommand({ Bucket, Key: key, ContentType: contentType });
      const { UploadId } = await s3.send(command);
      if (!UploadId) throw new Error('S3 began an upload without an id.');
      return { key, uploadId: UploadId };
    },

    async listParts(upload) {
      const parts: UploadedPart[] = [];
      let from: string | undefined;
      try {
        do {
          // 1,000 parts a page.
          const page = await s3.send(new ListPartsCommand({ ...named(upload), PartNumberMarker: from }));
          for (const { PartNumber = 0, ETag, Size = 0 } of page.Parts ?? []) {
            parts.push({ partNumber: PartNumber, etag: unquoted(ETag), sizeBytes: Size });
          }
          from = page.IsTruncated ? page.NextPartNumberMarker : undefined;
        } while (from);
      } catch (error) {
        if (isNamed(error, 'NoSuchUpload')) return undefined;
        throw error;
      }
      return parts;
    },

    async complete(upload, parts) {
      const Parts = parts.map(({ partNumber, etag }) => ({ PartNumber: partNumber, ETag: etag }));
      const complete = () =>
        s3.send(
          new CompleteMultipartUploadCommand({
            ...named(upload),
            MultipartUpload: { Parts },
            IfNoneMatch: '*',
          }),
        );
      try {
        const { ETag } = await retryFresh(complete);
        return { outcome: 'made', etag: unquoted(ETag) };
      } catch (error) {
        if (isNamed(error, 'NoSuchUpload') || hasStatus(error, 412)) return { outcome: 'not-made' };
        if (isNamed(error, 'InvalidPart')) return { outcome: 'parts-changed' };
        throw error;
      }
    },

    async abort(upload) {
      try {
        await s3.send(new AbortMultipartUploadCommand(named(upload)));
      } catch (error) {
        if (!isNamed(error, 'NoSuchUpload')) throw error;
      }
    },
  };
}

function isNamed(error: unknown, name: string): boolean {
  return error instanceof S3ServiceException && error.name === name;
}
