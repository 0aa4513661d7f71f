import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { createReadStream } from 'node:fs';
import http, { type IncomingMessage } from 'node:http';
import https from 'node:https';
import { text } from 'node:stream/consumers';
import { pipeline } from 'node:stream/promises';
import type { PresignedUpload } from './wire-types.ts';

/** S3 refused the upload, or the connection broke. */
export class UploadFailed extends Error {
  override readonly name = 'UploadFailed';
}

interface SentFile {
  path: string;
  sizeBytes: number;
}

/**
 * Posts a file by a presigned form, streaming it: memory stays flat whatever its size.
 * `onSent` gets the bytes of the file sent so far. Throws UploadFailed.
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
    // Up to the declared size: a recording that still grows would not fit its form any more.
    for await (const chunk of createReadStream(file.path, {
      highWaterMark: 1024 ** 2,
      end: file.sizeBytes - 1,
    })) {
      yield chunk as Buffer;
      sentBytes += chunk.length;
      onSent(sentBytes);
    }
    yield tail;
  }

  // Not fetch: against redirects it keeps a copy of all that it sends in memory.
  const { request } = upload_url.startsWith('https:') ? https : http;
  const sent = request(upload_url, {
    method: 'POST',
    headers: {
      'content-type': `multipart/form-data; boundary=${boundary}`,
      // Given, or the body would go out chunked, which S3 refuses for forms.
      'content-length': head.length + file.sizeBytes + tail.length,
    },
    signal,
  });
  const answered = once(sent, 'response') as Promise<[IncomingMessage]>;
  // Its failure is that of `sent`, unless the answer came before the end: then the answer says why.
  pipeline(body, sent).catch(() => undefined);

  const [response] = await answered.catch((cause: Error) => {
    throw new UploadFailed(`The upload broke off: ${cause.message}`, { cause });
  });
  const answer = await text(response);
  if (response.statusCode! >= 300) {
    sent.destroy();
    throw new UploadFailed(`The upload was refused: ${reasonIn(answer) ?? response.statusCode}`);
  }
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
