import type { PolicyDocument } from './policy-document.ts';
import { PolicyError } from './policy-error.ts';

/** Properties of an `AWS::Lambda::Permission`, resolved. */
export interface LambdaPermissionProperties {
  Action: string;
  /** The ARN of the function. */
  FunctionName: string;
  /** A service (`events.amazonaws.com`), an account id or an ARN. */
  Principal: string;
  SourceArn?: string;
  SourceAccount?: string;
}

/** The resource policy that Lambda keeps for such a permission. Throws PolicyError on properties it does not know. */
export function lambdaPermission(properties: LambdaPermissionProperties): PolicyDocument {
  const { Action, FunctionName, Principal, SourceArn, SourceAccount, ...unknown } = properties;
  if (Object.keys(unknown).length > 0) {
    throw new PolicyError(`Unknown property of AWS::Lambda::Permission: ${Object.keys(unknown).join(', ')}`);
  }
  return {
    Version: '2012-10-17',
    Statement: {
      Effect: 'Allow',
      Principal: Principal.endsWith('.amazonaws.com') ? { Service: Principal } : { AWS: Principal },
      Action,
      Resource: FunctionName,
      Condition: {
        ...(SourceArn !== undefined && { ArnLike: { 'aws:SourceArn': SourceArn } }),
        ...(SourceAccount !== undefined && { StringEquals: { 'aws:SourceAccount': SourceAccount } }),
      },
    },
  };
}
