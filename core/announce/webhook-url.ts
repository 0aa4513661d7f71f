import { isIP } from 'node:net';
import { limits } from '../limits.ts';
import { isPublicAddress } from './public-address.ts';

export interface WebhookRules {
  /** For a machine that nobody else reaches: plain http to itself, on any port. */
  loopback: boolean;
}

/** Names that no public name server knows. https://www.iana.org/assignments/special-use-domain-names */
const privateName = /(^|\.)(localhost|local|internal|home\.arpa|test|invalid|onion)$/;

/** Two labels or more, none of them empty: name servers are asked for `a..b` in ways that differ. */
const wholeName = /^[^.]+(\.[^.]+)+$/;

/** What is wrong with a webhook's URL, in words for who gave it; undefined if nothing is. Asks no name server. */
export function webhookUrlFault(text: string, { loopback }: WebhookRules): string | undefined {
  if (text.length > limits.webhook.urlCharacters)
    return `At most ${limits.webhook.urlCharacters} characters.`;
  const url = URL.parse(text);
  if (!url) return 'Must be a whole URL, as https://example.com/clips.';
  if (url.username || url.password) return 'Must not hold a user or password: calls are signed instead.';
  if (url.hash || text.endsWith('#')) return 'Must not hold a fragment (#…): it would not be sent.';
  if (loopback && isLoopbackUrl(url)) return undefined;
  if (url.protocol !== 'https:') return 'Must begin with https://.';
  if (url.port) return 'Must be on port 443, which is the one without a number.';

  const host = hostOf(url);
  const isPublic = isIP(host) ? isPublicAddress(host) : wholeName.test(host) && !privateName.test(host);
  return isPublic ? undefined : 'Must lie on the public internet: this is a private name or address.';
}

/** The name or address, without the brackets of IPv6 and a dot at the end. */
export function hostOf({ hostname }: URL): string {
  return hostname.replace(/^\[(.*)\]$/, '$1').replace(/\.$/, '');
}

/** Of the two addresses that mean this machine; names may come to mean another one. */
export function isLoopbackUrl(url: URL): boolean {
  return url.protocol === 'http:' && ['127.0.0.1', '::1'].includes(hostOf(url));
}
