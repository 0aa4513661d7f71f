import { Refusal } from '../../core/refusals.ts';
import { type HttpCall, httpFunction, json } from '../shared/http-function.ts';

/**
 * Takes what no route takes. HTTP API knows no routes that end in a slash, the contract allows them:
 * 308 keeps method and body, so clients arrive at the route itself.
 */
export function createHandler() {
  return httpFunction(async (call) => {
    const location = withoutTrailingSlash(call);
    if (!location) throw new Refusal('not-found', `There is nothing at ${call.event.rawPath}.`);
    return json(308, { location }, { location });
  });
}

function withoutTrailingSlash({ event: { rawPath, rawQueryString } }: HttpCall): string | undefined {
  if (!rawPath.endsWith('/')) return undefined;

  // One leading slash only: `//host` would lead to another host.
  const path = rawPath.replace(/\/+$/, '').replace(/^\/+/, '/');
  if (path === '') return undefined;
  return rawQueryString ? `${path}?${rawQueryString}` : path;
}

export const handler = createHandler();
