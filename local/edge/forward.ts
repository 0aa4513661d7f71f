import { type IncomingMessage, request as requestOf, type ServerResponse } from 'node:http';
import { pipeline } from 'node:stream/promises';
import { answeredHeaders, type Forwarding, forwardedHeaders } from './forwarding.ts';
import { type PolicyHeader, withPolicy } from './response-headers.ts';

interface Forwarded {
  request: IncomingMessage;
  response: ServerResponse;
  /** `http://127.0.0.1:8602`, and the path with its query: sent as it is, no `..` or `%` in it made anything else of. */
  origin: string;
  path: string;
  forwarding: Forwarding;
  policy: PolicyHeader[];
}

/** Has the origin answer, streaming both ways. Rejects where the origin is out of reach or either side breaks off. */
export async function forward({
  request,
  response,
  origin,
  path,
  forwarding,
  policy,
}: Forwarded): Promise<void> {
  const outgoing = requestOf(origin, {
    method: request.method,
    path,
    headers: forwardedHeaders(forwarding, request.headers),
  });
  const { promise: answered, resolve, reject } = Promise.withResolvers<IncomingMessage>();
  outgoing.once('response', resolve).once('error', reject);
  response.once('close', () => outgoing.destroy()); // nobody waits for the answer any more

  // No pipeline: that would hang up on the viewer where the origin breaks off, before they are told.
  request.pipe(outgoing);
  const incoming = await answered;
  const { statusCode = 502, headers } = incoming;
  response.writeHead(statusCode, withPolicy(answeredHeaders(headers), policy));
  await pipeline(incoming, response);
}
