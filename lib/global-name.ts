import { Stack } from 'aws-cdk-lib';
import type { Construct } from 'constructs';

/** What CloudFront has, and dashboards, are named once an account: with the region in it, a second stack elsewhere may be. */
export function globalName(scope: Construct): string {
  const { stackName, region } = Stack.of(scope);
  return `${stackName}-${region}`;
}
