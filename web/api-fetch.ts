import { isTransient, readProblem } from './problem.ts';

type Fetch = typeof fetch;

const pausesMs = [400, 1200, 3000];

/**
 * A `fetch` for the calls to our own API: it adds the token, tries what may be repeated a few times more, and throws
 * an ApiProblem for every answer that is no success. Uppy calls the global `fetch`, knows no token and forgets what a
 * refusal said: that is why this one takes its place. All other addresses get the browser's own.
 */
export function apiFetch(fetch: Fetch, token: () => Promise<string | undefined>): Fetch {
  return async (input, init) => {
    const request = new Request(input, init);
    const { origin, pathname } = new URL(request.url);
    if (origin !== location.origin || !pathname.startsWith('/api/')) return fetch(request);

    // A body is read once: to be sent again it must be kept.
    const body = request.body ? await request.arrayBuffer() : undefined;
    // Starting a multipart upload makes a job; done twice there would be two.
    const repeatable = request.method !== 'POST' || pathname.endsWith('/complete');
    for (let attempt = 0; ; attempt++) {
      const bearer = await token();
      if (bearer) request.headers.set('authorization', `Bearer ${bearer}`);
      const { method, headers, signal } = request;
      const outcome = await fetch(request.url, { method, headers, signal, body, cache: 'no-store' })
        .then(async (response) => (response.ok ? response : readProblem(response)))
        .catch((error: Error) => error);
      if (outcome instanceof Response) return outcome;

      const pauseMs = pausesMs[attempt];
      if (
        !repeatable ||
        pauseMs === undefined ||
        signal.aborted ||
        !navigator.onLine ||
        !isTransient(outcome)
      )
        throw outcome;
      await new Promise((resolve) => setTimeout(resolve, pauseMs));
    }
  };
}
