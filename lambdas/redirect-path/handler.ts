import { Refusal } from '../../core/refusals.ts';
import { type HttpCall, httpFunction, json } from '../shared/http-function.ts';

/**
 * Takes what no route takes. HTTP API knows no routes that end in a slash, the contract allows them:
 * 308 keeps method and body, so clients arrive at the route itself.
 */
export function createHandler() {
  return httpFunction(async (call) => {
    const location = withoutTrailingSlash(call);
    if (!location) {
      const { method } = call.event.requestContext.http;
      throw new Refusal('not-found', `There is no ${method} ${call.event.rawPath}.`);
    }
    return json(308, { location }, { location });
  });
}

/** Only paths that could be ours, in plain characters: anything else might lead to another host or break the header. */
const ours = /^\/api(\/[\w.-]+)+\/$/;

function withoutTrailingSlash({ event: { rawPath, rawQueryString } }: HttpCall): string | undefined {
  if (!ours.test(rawPath)) return undefined;
  const path = rawPath.slice(0, -1);
  return rawQueryString ? `${path}?${rawQueryString}` : path;
}

export const handler = createHandler();
