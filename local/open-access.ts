import { join } from 'node:path';
import { createAccess, type LocalAccess, ownerArn } from './iam/create-access.ts';
import { type AccessKey, deriveKeys, machineSecret } from './iam/keys.ts';
import { resourcePoliciesOf, rolesOf } from './template/policies.ts';
import type { Stack } from './template/stack.ts';

/** All policies of the stack, and a key for each role, each distribution and the owner; the same keys at every start in `dataDir`. */
export async function openAccess(
  stack: Stack,
  dataDir: string,
): Promise<{ access: LocalAccess; keys: Map<string, AccessKey> }> {
  const roles = rolesOf(stack);
  const actingServices = stack
    .ofType('AWS::CloudFront::Distribution')
    .map(({ attributes }) => ({ arn: attributes.Arn!, service: 'cloudfront.amazonaws.com' }));
  const secret = await machineSecret(join(dataDir, 'machine-secret'));
  const keys = deriveKeys(secret, [...[...roles, ...actingServices].map(({ arn }) => arn), ownerArn]);
  const resourcePolicies = resourcePoliciesOf(stack);
  return { access: createAccess({ roles, actingServices, resourcePolicies, keys }), keys };
}
