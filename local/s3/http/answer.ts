import type { ServerResponse } from 'node:http';
import { asS3Error, statuses } from '../s3-error.ts';
import type { S3Request } from './s3-request.ts';
import { type XmlContent, xmlDocument } from './xml.ts';

export function answerXml(response: ServerResponse, name: string, content: XmlContent, status = 200): void {
  answerText(response, status, xmlDocument(name, content));
}

/** Sends each chunk before it asks for the next, and ends the answer. Throws if the client goes away. */
export async function sendBody(response: ServerResponse, chunks: AsyncIterable<Uint8Array>): Promise<void> {
  for await (const chunk of chunks) await send(response, chunk);
  response.end();
}

/** Settles when the chunk is with the kernel: its memory can then be used for the next. */
function send(response: ServerResponse, chunk: Uint8Array): Promise<void> {
  return new Promise((resolve, reject) => {
    const leave = () => reject(Object.assign(new Error('The client went away'), { code: 'ECONNRESET' }));
    // An answer that waits for its turn on the connection would never hear of its chunk.
    response.once('close', leave);
    response.write(chunk, (error) => {
      response.off('close', leave);
      if (error) leave();
      else resolve();
    });
  });
}

export function answerEmpty(response: ServerResponse, status: number): void {
  response.writeHead(status, status === 204 ? {} : { 'content-length': 0 }).end();
}

/**
 * Reads the request to its end first: a client that is still sending would else see its connection break, and never
 * the answer. Nothing of what is read is kept.
 */
export async function answerError(
  { id, incoming, method, response }: Pick<S3Request, 'id' | 'incoming' | 'method' | 'response'>,
  error: unknown,
): Promise<void> {
  const { name, message, details } = asS3Error(error);
  if (name === 'InternalError' && !isDisconnection(error)) {
    console.error(`s3: ${method} failed, request ${id}:`, error);
  }
  if (response.headersSent || !(await readToEnd(incoming))) {
    response.destroy();
    return;
  }
  for (const header of response.getHeaderNames()) {
    if (!header.startsWith('access-control-') && !header.startsWith('x-amz-') && header !== 'vary') {
      response.removeHeader(header);
    }
  }
  const content = { Code: name, Message: message, ...details, RequestId: id, HostId: hostId };
  answerText(response, statuses[name], xmlDocument('Error', content, false));
}

export const hostId = Buffer.from('clipwright-on-this-machine').toString('base64');

function answerText(response: ServerResponse, status: number, text: string): void {
  response.writeHead(status, {
    'content-type': 'application/xml',
    'content-length': Buffer.byteLength(text),
  });
  response.end(text);
}

/** Clients may hang up whenever they like; ffmpeg and browsers do. */
function isDisconnection(error: unknown): boolean {
  const { code = '' } = error as NodeJS.ErrnoException;
  return ['ECONNRESET', 'EPIPE', 'ERR_STREAM_PREMATURE_CLOSE'].includes(code);
}

/** False if the client went away. */
function readToEnd(incoming: S3Request['incoming']): Promise<boolean> {
  if (incoming.readableEnded || incoming.complete) return Promise.resolve(true);
  if (incoming.destroyed) return Promise.resolve(false);
  incoming.unpipe();
  incoming.resume();
  return new Promise((resolve) => {
    incoming.once('end', () => resolve(true));
    incoming.once('close', () => resolve(incoming.complete));
  });
}
