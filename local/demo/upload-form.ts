import { randomUUID } from 'node:crypto';
import { createReadStream } from 'node:fs';
import type { PresignedUpload } from './wire-types.ts';

/** S3 did not take the upload. */
export class UploadRefused extends Error {
  override readonly name = 'UploadRefused';
}

interface SentFile {
  path: string;
  sizeBytes: number;
}

/**
 * Posts a file by a presigned form, streaming it: memory stays flat whatever its size.
 * `onSent` gets the bytes of the file sent so far. Throws UploadRefused.
 */
export async function uploadForm(
  { upload_url, upload_fields }: Pick<PresignedUpload, 'upload_url' | 'upload_fields'>,
  file: SentFile,
  { signal, onSent }: { signal: AbortSignal; onSent: (bytes: number) => void },
): Promise<void> {
  const boundary = `clipwright-${randomUUID()}`;
  const head = Buffer.from(formHead(boundary, upload_fields));
  const tail = Buffer.from(`\r\n--${boundary}--\r\n`);

  async function* body() {
    yield head;
    let sentBytes = 0;
    for await (const chunk of createReadStream(file.path, { highWaterMark: 1024 ** 2, signal })) {
      yield chunk as Buffer;
      sentBytes += chunk.length;
      onSent(sentBytes);
    }
    yield tail;
  }

  const response = await fetch(upload_url, {
    method: 'POST',
    headers: {
      'content-type': `multipart/form-data; boundary=${boundary}`,
      // Given, or the body would go out chunked, which S3 refuses for forms.
      'content-length': String(head.length + file.sizeBytes + tail.length),
    },
    body: body(),
    duplex: 'half',
    signal,
  });
  const answer = await response.text();
  if (!response.ok) throw new UploadRefused(`The upload was refused: ${reasonIn(answer) ?? response.status}`);
}

/** Everything before the bytes of the file, which must come last: S3 ignores what follows it. */
function formHead(boundary: string, fields: Record<string, string>): string {
  const parts = Object.entries(fields).map(
    ([name, value]) => `--${boundary}\r\nContent-Disposition: form-data; name="${name}"\r\n\r\n${value}\r\n`,
  );
  const file = 'Content-Disposition: form-data; name="file"; filename="source"';
  return `${parts.join('')}--${boundary}\r\n${file}\r\nContent-Type: application/octet-stream\r\n\r\n`;
}

/** S3's own words: code and message of its XML answer, which holds no signature. */
function reasonIn(xml: string): string | undefined {
  const [code, message] = ['Code', 'Message'].map((tag) => xml.match(`<${tag}>([^<]*)</${tag}>`)?.[1]);
  return code && message && `${code}, ${message}`;
}
