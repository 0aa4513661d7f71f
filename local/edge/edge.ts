import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http';
import { isDeepStrictEqual } from 'node:util';
import { namesThisMachine } from '../http-api/loopback-guard.ts';
import { matchesWildcard } from '../iam/wildcard.ts';
import type { Behavior, Distribution } from './distribution.ts';
import { viewerRequestEvent } from './edge-event.ts';
import { type EdgeAnswer, edgeFunction, type ViewerRequestFunction } from './edge-function.ts';
import { forward } from './forward.ts';
import { type PolicyHeader, withPolicy } from './response-headers.ts';

export interface EdgeSettings {
  distribution: Distribution;
  /** Where the HTTP API listens. */
  apiUrl: string;
  s3Url: string;
  /** The path and query that read the object at `s3Url`, signed in the name of the distribution. */
  signObject(bucketName: string, key: string, method: 'GET' | 'HEAD'): Promise<string>;
  log(line: string): void;
}

/** An answer of the edge's own. */
class Refused extends Error {
  readonly statusCode: number;

  constructor(statusCode: number, message: string) {
    super(message);
    this.statusCode = statusCode;
  }
}

/**
 * A CloudFront distribution without its cache: behaviours in order, the function at viewer-request, one origin each,
 * and the headers of the policy on every answer. Bodies are streamed both ways.
 */
export function createEdge(settings: EdgeSettings): RequestListener {
  const functions = new Map(
    settings.distribution.behaviors.map((behavior) => [
      behavior,
      behavior.viewerRequest === undefined ? undefined : edgeFunction(behavior.viewerRequest),
    ]),
  );
  return (request, response) => {
    const behavior = behaviorFor(settings.distribution, request);
    answer(settings, behavior, functions.get(behavior), request, response).catch((error: Error) => {
      if (response.headersSent || response.destroyed) {
        response.destroy(); // too late to say anything else
        return;
      }
      if (!(error instanceof Refused)) settings.log(`Edge: ${error.name}: ${error.message}`);
      const statusCode = error instanceof Refused ? error.statusCode : 502;
      const body = error instanceof Refused ? error.message : 'Bad Gateway';
      const headers = { 'content-type': { value: 'text/plain;charset=UTF-8' } };
      answerHere(request, response, behavior.headers, { statusCode, headers, body });
    });
  };
}

async function answer(
  { distribution, apiUrl, s3Url, signObject }: EdgeSettings,
  { allowedMethods, origin, forwarding, headers }: Behavior,
  viewerRequest: ViewerRequestFunction | undefined,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const { method = 'GET', url = '/' } = request;
  if (!namesThisMachine(request.headers.host)) throw new Refused(403, 'Forbidden');
  if (!allowedMethods.includes(method)) throw new Refused(403, `${method} is not allowed here.`);

  let [path = '/', query = ''] = url.split(/\?(.*)/s, 2);
  if (viewerRequest) {
    const event = viewerRequestEvent(distribution, request);
    const decided = viewerRequest(event);
    if ('statusCode' in decided) return answerHere(request, response, headers, decided);
    const { uri, ...others } = decided;
    const { uri: _, ...before } = event.request;
    if (!isDeepStrictEqual(others, before))
      throw new Error('the function changed more than the path, which is not done here');
    path = uri;
  }

  if (path === '/' && distribution.rootObject) path = `/${distribution.rootObject}`;
  const exchange = { request, response, forwarding, policy: headers };
  if (origin.kind === 'bucket') {
    const signed = await signObject(origin.bucketName, keyOf(path), method as 'GET' | 'HEAD');
    return forward({ ...exchange, origin: s3Url, path: signed });
  }
  if (forwarding.query && query) path += `?${query}`;
  return forward({ ...exchange, origin: apiUrl, path });
}

function behaviorFor({ behaviors }: Distribution, { url = '/' }: IncomingMessage): Behavior {
  const [path = '/'] = url.split('?', 1);
  return behaviors.find(({ pathPattern }) => matchesWildcard(pathPattern.replace(/^(?![/*])/, '/'), path))!;
}

/** Throws Refused for a path that names no object. */
function keyOf(path: string): string {
  try {
    const key = decodeURIComponent(path.slice(1));
    if (key) return key;
  } catch {
    // A stray `%`: refused below.
  }
  throw new Refused(400, 'Bad Request');
}

/** Reads the request to its end first: a client that is still sending would else never see the answer. */
function answerHere(
  request: IncomingMessage,
  response: ServerResponse,
  policy: PolicyHeader[],
  { statusCode, headers = {}, body = '' }: EdgeAnswer,
): void {
  const content =
    typeof body === 'string'
      ? Buffer.from(body)
      : Buffer.from(body.data, body.encoding === 'base64' ? 'base64' : 'utf8');
  const own = Object.fromEntries(Object.entries(headers).map(([name, { value }]) => [name, value]));
  const send = () =>
    response
      .writeHead(statusCode, withPolicy({ ...own, 'content-length': content.length }, policy))
      .end(request.method === 'HEAD' ? undefined : content);
  if (request.complete) send();
  else request.once('end', send).resume();
}
