import {
  AbortMultipartUploadCommand,
  type CompletedPart,
  CompleteMultipartUploadCommand,
  CreateMultipartUploadCommand,
  ListPartsCommand,
  UploadPartCommand,
} from '@aws-sdk/client-s3';
import { bucketName as Bucket, type LocalS3 } from './local-s3.ts';

/** Begins a multipart upload at the local S3 as its owner, and answers its steps. */
export async function beginUpload(s3: LocalS3, Key: string, more: object = {}) {
  const { UploadId } = await s3.owner.send(new CreateMultipartUploadCommand({ Bucket, Key, ...more }));
  const upload = { Bucket, Key, UploadId };
  return {
    upload,
    part: async (PartNumber: number, Body: Uint8Array | string): Promise<CompletedPart> => {
      const { ETag } = await s3.owner.send(new UploadPartCommand({ ...upload, PartNumber, Body }));
      return { PartNumber, ETag };
    },
    complete: (Parts: CompletedPart[], conditions: object = {}) =>
      s3.owner.send(
        new CompleteMultipartUploadCommand({ ...upload, MultipartUpload: { Parts }, ...conditions }),
      ),
    abort: () => s3.owner.send(new AbortMultipartUploadCommand(upload)),
    listParts: (more: object = {}) => s3.owner.send(new ListPartsCommand({ ...upload, ...more })),
  };
}
