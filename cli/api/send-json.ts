import { retryAfterMs } from '../backoff.ts';
import { TransientFailure } from '../retrying.ts';
import { ApiRefusal, problemText } from './api-refusal.ts';
import { NoConnection } from './no-connection.ts';
import type { Problem } from './wire-types.ts';

export interface JsonRequest {
  method: string;
  url: string;
  headers: Record<string, string>;
  body?: object;
  signal: AbortSignal;
}

/** API Gateway gives up after 30 s. */
const answerTimeoutMs = 40_000;

/** One call. Throws TransientFailure for the network, throttling and 5xx, ApiRefusal for any other no. */
export async function sendJson(request: JsonRequest): Promise<unknown> {
  const { host } = new URL(request.url);
  const { response, text } = await answerTo(request, host);
  const answer = asJson(text);

  const problem = (answer ?? {}) as Problem;
  // With a code it is a quota, which no waiting of ours would change; without one the API is throttled.
  const isThrottled = response.status === 429 && problem.code === undefined;
  if (isThrottled || response.status >= 500) {
    const trace = problem.request_id ? ` (request ${problem.request_id})` : '';
    throw new TransientFailure(`${problemText(response.status, problem, host)}${trace}`, {
      retryAfterMs: retryAfterMs(response.headers.get('retry-after'), Date.now()),
    });
  }
  // A success that is no JSON is somebody else's page.
  if (!response.ok || (answer === undefined && response.status !== 204)) {
    throw new ApiRefusal(response.status, problem, host, 'authorization' in request.headers);
  }
  return answer;
}

async function answerTo({ method, url, headers, body, signal }: JsonRequest, host: string) {
  try {
    const response = await fetch(url, {
      method,
      headers: { ...headers, ...(body && { 'content-type': 'application/json' }) },
      body: body && JSON.stringify(body),
      signal: AbortSignal.any([signal, AbortSignal.timeout(answerTimeoutMs)]),
    });
    return { response, text: await response.text() };
  } catch (error) {
    signal.throwIfAborted();
    throw new NoConnection(host, error as Error);
  }
}

function asJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
