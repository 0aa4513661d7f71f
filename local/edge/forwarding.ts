import type { IncomingHttpHeaders } from 'node:http';
import { TemplateError } from '../template/template-error.ts';

/** What of a viewer's request reaches the origin. */
export interface Forwarding {
  query: boolean;
  headers: 'all but host' | 'conditions and ranges';
}

/**
 * The managed policies by their ids, the same in every account. Nothing is cached here, so a cache policy matters only
 * for what it lets through: nothing, in both.
 * https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/using-managed-cache-policies.html
 */
const cachePolicies: Record<string, string> = {
  '4135ea2d-6df8-44a3-9df3-4b5a84be39ad': 'CachingDisabled',
  '658327ea-f89d-4fab-a63d-7e88639e58f6': 'CachingOptimized',
};
const allViewerExceptHostHeader = 'b689b0a8-53d0-40ab-baf2-68738e2966ac';

/** Throws TemplateError for a policy that is not known here. */
export function forwardingOf(cachePolicyId = '', originRequestPolicyId?: string): Forwarding {
  if (!cachePolicies[cachePolicyId])
    throw new TemplateError(`the cache policy ${cachePolicyId} is not known`);
  if (originRequestPolicyId === undefined) return { query: false, headers: 'conditions and ranges' };
  if (originRequestPolicyId === allViewerExceptHostHeader) return { query: true, headers: 'all but host' };
  throw new TemplateError(`the origin request policy ${originRequestPolicyId} is not known`);
}

/** CloudFront sends these on whatever the policies say. */
const always = ['range', 'if-match', 'if-none-match', 'if-modified-since', 'if-unmodified-since', 'if-range'];

/** Each connection's own business; and the viewer has been told to go on already. */
const hopByHop = [
  'connection',
  'expect',
  'keep-alive',
  'proxy-authorization',
  'proxy-connection',
  'te',
  'trailer',
  'transfer-encoding',
  'upgrade',
];

/** The headers for the origin. */
export function forwardedHeaders(
  { headers: which }: Forwarding,
  headers: IncomingHttpHeaders,
): IncomingHttpHeaders {
  const passes =
    which === 'all but host'
      ? (name: string) => name !== 'host' && !hopByHop.includes(name)
      : (name: string) => always.includes(name);
  return Object.fromEntries(Object.entries(headers).filter(([name]) => passes(name)));
}

/** The headers of an origin's answer that are the viewer's, too. */
export const answeredHeaders = (headers: IncomingHttpHeaders): IncomingHttpHeaders =>
  Object.fromEntries(Object.entries(headers).filter(([name]) => !hopByHop.includes(name)));
