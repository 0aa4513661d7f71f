import type { ListedPart } from '../api/wire-types.ts';
import { readRange } from './local-file.ts';
import type { Part } from './plan-parts.ts';
import { sendStream } from './send-stream.ts';
import { requireTaken } from './storage-answer.ts';
import { UploadFailed } from './upload-failed.ts';

/** Puts one part where `url` says, reading only its range of the file. `onSent` gets the bytes of each piece. */
export async function sendPart(
  url: string,
  path: string,
  { number, start, end }: Part,
  { signal, onSent }: { signal: AbortSignal; onSent: (bytes: number) => void },
): Promise<ListedPart> {
  async function* body() {
    for await (const chunk of readRange(path, start, end)) {
      yield chunk;
      onSent(chunk.length);
    }
  }
  const headers = { 'content-length': end - start };
  const answer = await sendStream(url, { method: 'PUT', headers, body, signal });
  requireTaken(answer);

  const { etag } = answer.headers;
  if (!etag)
    throw new UploadFailed('The storage took a part without saying its ETag; something stands between.');
  return { part_number: number, etag: etag.replaceAll('"', ''), size: end - start };
}
