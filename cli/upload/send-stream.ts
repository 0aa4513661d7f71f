import { once } from 'node:events';
import http, { type IncomingHttpHeaders, type IncomingMessage } from 'node:http';
import https from 'node:https';
import { text } from 'node:stream/consumers';
import { pipeline } from 'node:stream/promises';
import { NoConnection } from '../api/no-connection.ts';
import { UploadFailed } from './upload-failed.ts';

export interface StreamAnswer {
  status: number;
  headers: IncomingHttpHeaders;
  body: string;
}

export interface StreamRequest {
  method: 'POST' | 'PUT';
  headers: Record<string, string | number>;
  body: () => AsyncIterable<Buffer>;
  signal: AbortSignal;
  /** So long without a byte in either direction, and the connection counts as dead. */
  stallSeconds?: number;
}

/**
 * Sends a body of any size with flat memory, and answers what came back, whatever its status.
 * Throws NoConnection, or the UploadFailed that the body itself threw.
 */
export async function sendStream(
  url: string,
  { method, headers, body, signal, stallSeconds = 60 }: StreamRequest,
): Promise<StreamAnswer> {
  // Not fetch: against redirects it keeps a copy of all that it sends in memory.
  const { request } = url.startsWith('https:') ? https : http;
  const sent = request(url, { method, headers, signal });
  sent.setTimeout(stallSeconds * 1000, () => sent.destroy(new Error(`no byte for ${stallSeconds} s`)));
  sent.on('error', () => undefined); // also after the answer, when nobody waits for it any more
  try {
    const answered = once(sent, 'response') as Promise<[IncomingMessage]>;
    // Its failure is that of `sent`, unless the answer came before the end: then the answer says why.
    pipeline(body, sent).catch(() => undefined);

    const [response] = await answered;
    return { status: response.statusCode!, headers: response.headers, body: await text(response) };
  } catch (error) {
    signal.throwIfAborted();
    if (error instanceof UploadFailed) throw error;
    throw new NoConnection(new URL(url).host, error as Error);
  } finally {
    // An answer before the end of what was sent: the rest must not follow.
    if (!sent.writableFinished) sent.destroy();
  }
}
