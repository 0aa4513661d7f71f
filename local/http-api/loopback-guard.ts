import type { IncomingHttpHeaders } from 'node:http';

const loopbackNames = new Set(['127.0.0.1', 'localhost', '[::1]']);

/** A page elsewhere may have its own name resolve to 127.0.0.1 (DNS rebinding); its name then stands in `Host`. */
export const namesThisMachine = (host: string | undefined): boolean =>
  loopbackNames.has((host ?? '').toLowerCase().replace(/:\d+$/, ''));

/**
 * False where a page of a foreign origin made the request. Where no token is asked for, any page in the owner's browser
 * could else act in their name. An origin that the API's CORS configuration names is not foreign; `*` names none.
 */
export function comesFromHere({ origin }: IncomingHttpHeaders, namedOrigins: string[]): boolean {
  if (origin === undefined || namedOrigins.includes(origin)) return true;
  return URL.canParse(origin) && loopbackNames.has(new URL(origin).hostname);
}
