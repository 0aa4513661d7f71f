import { CfnResource, type Stack } from 'aws-cdk-lib';
import { logGroup } from './log-group.ts';

/**
 * Has the function by which CDK empties buckets log into the stack. By itself it would make a log group that is left
 * behind, and may do so again with its last lines, when the stack is gone already.
 */
export function keepAutoDeleteLogs(stack: Stack): void {
  const provider = stack.node.tryFindChild('Custom::S3AutoDeleteObjectsCustomResourceProvider');
  const [role, handler] = ['Role', 'Handler'].map((id) => provider?.node.tryFindChild(id));
  if (!CfnResource.isCfnResource(role) || !CfnResource.isCfnResource(handler)) return;

  const logs = logGroup(stack, 'AutoDeleteLogs');
  handler.addPropertyOverride('LoggingConfig', { LogGroup: logs.logGroupName });
  role.addPropertyDeletionOverride('ManagedPolicyArns');
  const writing = {
    Effect: 'Allow',
    Action: ['logs:CreateLogStream', 'logs:PutLogEvents'],
    Resource: stack.resolve(logs.logGroupArn),
  };
  role.addPropertyOverride('Policies', [
    { PolicyName: 'Logs', PolicyDocument: { Version: '2012-10-17', Statement: [writing] } },
  ]);
}
