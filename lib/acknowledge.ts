import { Stack, Validations } from 'aws-cdk-lib';
import type { IConstruct } from 'constructs';

/** Lets a finding of cdk-nag stand, with the reason for it. */
export function acknowledge(construct: IConstruct, rule: string, reason: string): void {
  Validations.of(construct).acknowledge({ id: `AwsSolutions-${rule}`, reason });
}

/** Lets exactly this wildcard in a role's policy stand; others in the same policy are still findings. */
export function acknowledgeWildcard(construct: IConstruct, resource: string, reason: string): void {
  acknowledge(construct, `IAM5[Resource::${asFinding(Stack.of(construct).resolve(resource))}]`, reason);
}

/** An ARN as cdk-nag writes it: `<LogicalId.Arn>/clips/*`. */
function asFinding(resolved: unknown): string {
  if (typeof resolved === 'string') return resolved;

  const [intrinsic, content] = Object.entries(resolved as Record<string, unknown>)[0] ?? [];
  if (intrinsic === 'Ref') return `<${content}>`;
  if (intrinsic === 'Fn::GetAtt') return `<${(content as string[]).join('.')}>`;
  if (intrinsic === 'Fn::Join') return (content as [string, unknown[]])[1].map(asFinding).join('');
  throw new Error(`No finding is named after ${intrinsic}.`);
}
