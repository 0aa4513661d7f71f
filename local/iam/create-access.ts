import { accountId } from '../types.ts';
import { type Access, AccessDenied, type AccessRequest, type Principal } from './access.ts';
import { type GrantUsage, trackGrants } from './grant-usage.ts';
import type { AccessKey } from './keys.ts';
import { decide, parsePolicy } from './policy.ts';
import type { PolicyDocument } from './policy-document.ts';

/** Whoever works at this machine, with their own SDK or CLI: everything is allowed that no resource policy denies. */
export const ownerArn = `arn:aws:iam::${accountId}:user/owner`;

export interface Identity {
  arn: string;
  policies: PolicyDocument[];
}

/** CloudFront reads a bucket for a distribution: `{arn: <of the distribution>, service: 'cloudfront.amazonaws.com'}`. */
export interface ActingService {
  arn: string;
  service: string;
}

export interface AccessSettings {
  roles: Identity[];
  users?: Identity[];
  /** Resources that a service acts for: it signs with their keys, and policies know it by their ARNs. */
  actingServices?: ActingService[];
  /** Bucket policies, and those that `lambdaPermission` makes. */
  resourcePolicies: PolicyDocument[];
  /** A key for each role, user and acting service, and for `ownerArn`: what functions and people sign with. */
  keys: ReadonlyMap<string, AccessKey>;
}

export interface LocalAccess extends Access {
  /** Throws if no such role or user is known. */
  principalWithArn(arn: string): Principal;
  /** As `authorize`, for a service on its own behalf (`events.amazonaws.com`): a resource policy must allow it. */
  authorizeService(service: string, request: AccessRequest): void;
  /** Which grants of the roles were needed so far, and which never. */
  usage(): GrantUsage[];
}

/**
 * All the policies of this machine, enforced. Within one account it is enough that either the caller's own policies
 * or the resource's allow a request, and a deny in either forbids it; so it is on AWS.
 * Throws PolicyError if a policy holds something that can't be judged as AWS would.
 */
export function createAccess({
  roles,
  users = [],
  actingServices = [],
  resourcePolicies,
  keys,
}: AccessSettings): LocalAccess {
  const owner: Identity = { arn: ownerArn, policies: [everythingAllowed] };
  const identities = [...roles, ...users, owner];
  const statementsOf = new Map(
    identities.map(({ arn, policies }) => [
      arn,
      policies.flatMap((policy) => parsePolicy(policy, 'identity')),
    ]),
  );
  const resourceStatements = resourcePolicies.flatMap((policy) => parsePolicy(policy, 'resource'));
  const principals = [...identities, ...actingServices].map(
    ({ arn }): Principal => ({ arn, ...keyOf(keys, arn) }),
  );
  const serviceOf = new Map(actingServices.map(({ arn, service }) => [arn, service]));
  const byKey = new Map(principals.map((principal) => [principal.accessKeyId, principal]));
  const byArn = new Map(principals.map((principal) => [principal.arn, principal]));
  const grants = trackGrants(new Map(roles.map(({ arn }) => [arn, statementsOf.get(arn)!])));

  const authorizeService: LocalAccess['authorizeService'] = (service, { action, resource, context = {} }) => {
    const decision = decide(resourceStatements, { caller: { service }, action, resource, context });
    if (decision !== 'allow') throw new AccessDenied(service, action, resource);
  };

  return {
    principalOf: (accessKeyId) => byKey.get(accessKeyId),

    principalWithArn(arn) {
      const principal = byArn.get(arn);
      if (!principal) throw new Error(`No role or user has the ARN ${arn}`);
      return principal;
    },

    authorize({ arn }, { action, resource, context }) {
      const service = serviceOf.get(arn);
      if (service)
        return authorizeService(service, { action, resource, context: { ...context, 'aws:SourceArn': arn } });
      const question = {
        caller: { arn },
        action,
        resource,
        context: { 'aws:PrincipalArn': arn, 'aws:PrincipalAccount': accountId, ...context },
      };
      const decision = decide([...(statementsOf.get(arn) ?? []), ...resourceStatements], question);
      if (decision !== 'allow') throw new AccessDenied(arn, action, resource);
      grants.note(arn, question);
    },

    authorizeService,
    usage: grants.usage,
  };
}

const everythingAllowed: PolicyDocument = {
  Version: '2012-10-17',
  Statement: { Effect: 'Allow', Action: '*', Resource: '*' },
};

function keyOf(keys: ReadonlyMap<string, AccessKey>, arn: string): AccessKey {
  const key = keys.get(arn);
  if (!key) throw new Error(`No access key was given for ${arn}`);
  return key;
}
