import { S3ServiceException } from '@aws-sdk/client-s3';

export function hasStatus(error: unknown, status: number): boolean {
  return error instanceof S3ServiceException && error.$metadata.httpStatusCode === status;
}

/** ETags travel in quotes, and are kept without. */
export function quoted(etag: string): string {
  return `"${etag}"`;
}

export function unquoted(etag: string | undefined): string {
  return (etag ?? '').replaceAll('"', '');
}
