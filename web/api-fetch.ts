import { ApiProblem, isTransient, readProblem } from './problem.ts';

type Fetch = typeof fetch;

/** API Gateway gives up after 30 s; what takes longer will never come. */
const patienceMs = 35_000;
const pausesMs = [400, 1200, 3000];

/**
 * A `fetch` for the calls to our own API: it adds the token, tries what may be repeated a few times more, and throws
 * an ApiProblem for every answer that is no success. Uppy calls the global `fetch`, knows no token and forgets what a
 * refusal said: that is why this one takes its place. All other addresses get the browser's own.
 */
export function apiFetch(fetch: Fetch, token: (refused?: string) => Promise<string | undefined>): Fetch {
  return async (input, init) => {
    const { origin, pathname } = new URL(input instanceof Request ? input.url : input, location.href);
    if (origin !== location.origin || !pathname.startsWith('/api/')) return fetch(input, init);

    const request = new Request(input, init);
    // A body is read once: to be sent again it must be kept.
    const body = request.method === 'GET' ? undefined : await request.arrayBuffer();
    // Starting a multipart upload makes a job; done twice there would be two.
    const repeatable = request.method !== 'POST' || pathname.endsWith('/complete');
    let refused: string | undefined;
    for (let attempt = 0; ; attempt++) {
      const bearer = await token(refused);
      if (bearer) request.headers.set('authorization', `Bearer ${bearer}`);
      const { method, headers } = request;
      const signal = AbortSignal.any([request.signal, AbortSignal.timeout(patienceMs)]);
      const outcome = await fetch(request.url, { method, headers, signal, body, cache: 'no-store' })
        .then(async (response) => (response.ok ? response : readProblem(response)))
        .catch((error: Error) => error);
      if (outcome instanceof Response) return outcome;
      // Nothing was done, so that it may be sent again, whatever it is; but once: a new token should do.
      if (bearer && !refused && outcome instanceof ApiProblem && outcome.status === 401) {
        refused = bearer;
        continue;
      }

      const pauseMs = pausesMs[attempt];
      if (
        !repeatable ||
        pauseMs === undefined ||
        request.signal.aborted ||
        !navigator.onLine ||
        !isTransient(outcome)
      )
        throw outcome;
      await new Promise((resolve) => setTimeout(resolve, pauseMs));
    }
  };
}
