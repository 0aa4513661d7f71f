import { Agent, type IncomingHttpHeaders, request } from 'node:http';
import type { WireRequest } from './write-request.ts';

export interface Answer {
  status: number;
  headers: IncomingHttpHeaders;
  text: string;
}

/** Sends as it is, path and all: `fetch` would tidy up. */
export function createSender(baseUrl: string) {
  const { hostname, port } = new URL(baseUrl);
  const agent = new Agent({ keepAlive: true, maxSockets: 16 });

  return {
    send: ({ method, path, headers: given, body }: Omit<WireRequest, 'isToRoute'>): Promise<Answer> =>
      new Promise((resolve, reject) => {
        // Node tells no length of its own accord where a body is not usual, as with GET.
        const length = body && !given['transfer-encoding'] && { 'content-length': String(body.length) };
        const headers = { ...given, ...length };
        const outgoing = request({ hostname, port, agent, method, path, headers }, (response) => {
          const chunks: Buffer[] = [];
          response.on('data', (chunk) => chunks.push(chunk));
          response.on('error', reject);
          response.on('end', () =>
            resolve({
              status: response.statusCode ?? 0,
              headers: response.headers,
              text: Buffer.concat(chunks).toString(),
            }),
          );
        });
        outgoing.on('error', reject);
        outgoing.end(body);
      }),
    close: () => agent.destroy(),
  };
}
