import type { PolicyStatement } from './policy-document.ts';
import { PolicyError } from './policy-error.ts';
import { arnParts } from './wildcard.ts';

/** Who asks: an identity of this account, or a service on its own behalf (`events.amazonaws.com`). */
export type Caller = { arn: string } | { service: string };

export type PrincipalMatcher = (caller: Caller) => boolean;

/**
 * Compiles a Principal element: `*`, the ARN of an identity, an account (its id or its root ARN), a service.
 * ARNs are taken literally, as IAM does: no wildcards within.
 */
export function parsePrincipal(principal: NonNullable<PolicyStatement['Principal']>): PrincipalMatcher {
  if (principal === '*') return () => true;
  if (typeof principal !== 'object') throw new PolicyError(`Unknown principal: ${principal}`);

  const { AWS, Service, ...unknown } = principal;
  if (Object.keys(unknown).length > 0) {
    throw new PolicyError(`Unknown kind of principal: ${Object.keys(unknown).join(', ')}`);
  }
  const identities = [AWS ?? []].flat().map(parseIdentity);
  const services = [Service ?? []].flat();
  return (caller) =>
    'arn' in caller ? identities.some((matches) => matches(caller.arn)) : services.includes(caller.service);
}

function parseIdentity(pattern: string): (arn: string) => boolean {
  if (pattern === '*') return () => true;
  if (/^\d{12}$/.test(pattern)) return (arn) => accountOf(arn) === pattern;
  const root = /^arn:[^:*?]+:iam::(\d{12}):root$/.exec(pattern);
  if (root) return (arn) => accountOf(arn) === root[1];
  if (/^arn:[^:*?]+:(iam|sts)::\d{12}:[^*?]+$/.test(pattern)) return (arn) => arn === pattern;
  throw new PolicyError(`Unknown principal: ${pattern}`);
}

function accountOf(arn: string): string | undefined {
  return arnParts(arn)[4];
}
