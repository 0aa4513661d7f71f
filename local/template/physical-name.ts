import { createHash } from 'node:crypto';

/** Lambda's limit for a function's name, and the tightest that we meet besides S3's 63. */
const maxLength = 63;

/**
 * The name of a resource that was given none: `<stack>-<logical id>-<12 characters>`, as CloudFormation makes
 * it, but always the same, so that what is on disk is found again after a restart.
 */
export function physicalName({ stackName, logicalId }: { stackName: string; logicalId: string }): string {
  const suffix = createHash('sha256').update(`${stackName}/${logicalId}`).digest('hex').slice(0, 12);
  const stack = stackName.slice(0, 24);
  const logical = logicalId.slice(0, maxLength - stack.length - suffix.length - 2);
  return `${stack}-${logical}-${suffix}`;
}
