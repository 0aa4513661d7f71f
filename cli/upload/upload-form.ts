import { randomUUID } from 'node:crypto';
import type { PresignedUpload } from '../api/wire-types.ts';
import { type LocalFile, readRange } from './local-file.ts';
import { sendStream } from './send-stream.ts';
import { requireTaken } from './storage-answer.ts';

/**
 * Posts a file by a presigned form, streaming it: memory stays flat whatever its size.
 * `onSent` gets the bytes of each piece. Throws UploadFailed, or TransientFailure: then the same form may be sent again.
 */
export async function uploadForm(
  { upload_url, upload_fields }: Pick<PresignedUpload, 'upload_url' | 'upload_fields'>,
  { path, sizeBytes }: Pick<LocalFile, 'path' | 'sizeBytes'>,
  { signal, onSent }: { signal: AbortSignal; onSent: (bytes: number) => void },
): Promise<void> {
  const boundary = `clipwright-${randomUUID()}`;
  const head = Buffer.from(formHead(boundary, upload_fields));
  const tail = Buffer.from(`\r\n--${boundary}--\r\n`);

  async function* body() {
    yield head;
    // Up to the declared size: a recording that still grows would not fit its form any more.
    for await (const chunk of readRange(path, 0, sizeBytes)) {
      yield chunk;
      onSent(chunk.length);
    }
    yield tail;
  }

  const answer = await sendStream(upload_url, {
    method: 'POST',
    headers: {
      'content-type': `multipart/form-data; boundary=${boundary}`,
      // Given, or the body would go out chunked, which S3 refuses for forms.
      'content-length': head.length + sizeBytes + tail.length,
    },
    body,
    signal,
  });
  requireTaken(answer);
}

/** Everything before the bytes of the file, which must come last: S3 ignores what follows it. */
function formHead(boundary: string, fields: Record<string, string>): string {
  const parts = Object.entries(fields).map(
    ([name, value]) => `--${boundary}\r\nContent-Disposition: form-data; name="${name}"\r\n\r\n${value}\r\n`,
  );
  const file = 'Content-Disposition: form-data; name="file"; filename="source"';
  return `${parts.join('')}--${boundary}\r\n${file}\r\nContent-Type: application/octet-stream\r\n\r\n`;
}
