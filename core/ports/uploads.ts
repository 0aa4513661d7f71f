/** An upload in parts that was begun. */
export interface MultipartUpload {
  key: string;
  uploadId: string;
}

export interface UploadedPart {
  /** 1, 2, … */
  partNumber: number;
  etag: string;
  sizeBytes: number;
}

/** The uploads in parts into one bucket. ETags are without quotes. */
export interface MultipartUploads {
  begin(object: { key: string; contentType: string }): Promise<MultipartUpload>;
  /** All parts that have arrived, by their numbers; undefined if there is no such upload (any more). */
  listParts(upload: MultipartUpload): Promise<UploadedPart[] | undefined>;
  /**
   * Makes the object of exactly these parts. Nothing is made where there is an object already or no such upload
   * (`not-made`: both may mean that it was completed before), or where a part was replaced meanwhile (`parts-changed`).
   */
  complete(
    upload: MultipartUpload,
    parts: UploadedPart[],
  ): Promise<{ outcome: 'made'; etag: string } | { outcome: 'not-made' | 'parts-changed' }>;
  /** Forgets the upload and its parts; one that is not there is fine. */
  abort(upload: MultipartUpload): Promise<void>;
}

/** Signs what clients do with S3 themselves. */
export interface UrlSigner {
  /** A form that takes exactly this key, type and size. */
  signUpload(upload: { key: string; contentType: string; sizeBytes: number }): Promise<{
    url: string;
    fields: Record<string, string>;
    expiresInSeconds: number;
  }>;
  /** A URL to PUT exactly one part of exactly this size to. */
  signPart(part: {
    key: string;
    uploadId: string;
    partNumber: number;
    sizeBytes: number;
  }): Promise<{ url: string; expiresInSeconds: number }>;
  /** A short-lived download; with a filename the browser saves it, else it plays. */
  signDownload(key: string, options?: { filename?: string }): Promise<string>;
}
