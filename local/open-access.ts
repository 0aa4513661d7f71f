import { join } from 'node:path';
import { createAccess, type LocalAccess, ownerArn } from './iam/create-access.ts';
import { type AccessKey, deriveKeys, machineSecret } from './iam/keys.ts';
import { resourcePoliciesOf, rolesOf } from './template/policies.ts';
import type { Stack } from './template/stack.ts';

/** All policies of the stack, and a key for each role and for the owner; the same keys at every start in `dataDir`. */
export async function openAccess(
  stack: Stack,
  dataDir: string,
): Promise<{ access: LocalAccess; keys: Map<string, AccessKey> }> {
  const roles = rolesOf(stack);
  const secret = await machineSecret(join(dataDir, 'machine-secret'));
  const keys = deriveKeys(secret, [...roles.map(({ arn }) => arn), ownerArn]);
  return { access: createAccess({ roles, resourcePolicies: resourcePoliciesOf(stack), keys }), keys };
}
