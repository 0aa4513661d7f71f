import { RemovalPolicy } from 'aws-cdk-lib';
import { LogGroup } from 'aws-cdk-lib/aws-logs';
import type { Construct } from 'constructs';
import { readSettings } from './settings.ts';

/** A log group that goes with the stack: left to Lambda, one is made outside of it, and keeps everything for ever. */
export function logGroup(scope: Construct, id: string): LogGroup {
  const { logRetentionDays: retention } = readSettings(scope.node);
  return new LogGroup(scope, id, { retention, removalPolicy: RemovalPolicy.DESTROY });
}
