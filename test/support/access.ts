import { createAccess, type LocalAccess, ownerArn } from '../../local/iam/create-access.ts';
import { deriveKeys } from '../../local/iam/keys.ts';
import type { PolicyDocument, PolicyStatement } from '../../local/iam/policy-document.ts';
import { accountId } from '../../local/types.ts';

export const aPolicy = (...statements: PolicyStatement[]): PolicyDocument => ({
  Version: '2012-10-17',
  Statement: statements,
});

export const roleArn = (name: string) => `arn:aws:iam::${accountId}:role/${name}`;

/** Access with these roles, each with its statements, and what SDK clients need to sign as one of them. */
export function anAccess(
  roles: Record<string, PolicyStatement[]> = {},
  resourcePolicies: PolicyDocument[] = [],
) {
  const identities = Object.entries(roles).map(([name, statements]) => ({
    arn: roleArn(name),
    policies: [aPolicy(...statements)],
  }));
  const keys = deriveKeys('a secret', [ownerArn, ...identities.map(({ arn }) => arn)]);
  const access: LocalAccess = createAccess({ roles: identities, resourcePolicies, keys });
  return { access, credentialsOf: (name: string) => keys.get(roleArn(name))!, owner: keys.get(ownerArn)! };
}
