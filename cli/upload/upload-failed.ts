/** The file can't go up, or no more: S3 refused it, or it changed meanwhile. Trying the same again would not help. */
export class UploadFailed extends Error {
  override readonly name = 'UploadFailed';
}
