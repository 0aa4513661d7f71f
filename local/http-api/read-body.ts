import type { IncomingMessage } from 'node:http';

/** The body, or undefined if it is larger than allowed; then it is read to its end, so that the client reads the answer. */
export async function readBody(request: IncomingMessage, limitBytes: number): Promise<Buffer | undefined> {
  let sizeBytes = 0;
  let chunks: Buffer[] = [];
  for await (const chunk of request as AsyncIterable<Buffer>) {
    sizeBytes += chunk.length;
    if (sizeBytes <= limitBytes) chunks.push(chunk);
    else chunks = [];
  }
  return sizeBytes <= limitBytes ? Buffer.concat(chunks) : undefined;
}
