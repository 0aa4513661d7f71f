import { type LambdaPermissionProperties, lambdaPermission } from '../iam/lambda-permission.ts';
import type { PolicyDocument } from '../iam/policy-document.ts';
import type { Stack } from './stack.ts';
import { TemplateError } from './template-error.ts';

interface RoleProperties {
  Policies?: { PolicyDocument: PolicyDocument }[];
  ManagedPolicyArns?: string[];
}

/** It allows to write logs, which are files here and ask nobody. */
const onlyForLogs = 'arn:aws:iam::aws:policy/service-role/AWSLambdaBasicExecutionRole';

/** Each role with all its policies: its own, and those attached to it. */
export function rolesOf(stack: Stack): { arn: string; policies: PolicyDocument[] }[] {
  const attached = stack.ofType<{ PolicyDocument: PolicyDocument; Roles?: string[] }>('AWS::IAM::Policy');

  return stack.ofType<RoleProperties>('AWS::IAM::Role').map(({ logicalId, ref, attributes, properties }) => {
    const { Policies = [], ManagedPolicyArns = [] } = properties;
    const managed = ManagedPolicyArns.find((arn) => arn !== onlyForLogs);
    if (managed) throw new TemplateError(`${logicalId}: what ${managed} allows is not known here`);
    const others = attached.filter(({ properties: { Roles } }) => Roles?.includes(ref));
    return {
      arn: attributes.Arn!,
      policies: [...Policies, ...others.map((policy) => policy.properties)].map(
        (each) => each.PolicyDocument,
      ),
    };
  });
}

/** The policies of buckets and of functions. */
export function resourcePoliciesOf(stack: Stack): PolicyDocument[] {
  const ofBuckets = stack.ofType<{ PolicyDocument: PolicyDocument }>('AWS::S3::BucketPolicy');
  const ofFunctions = stack.ofType<LambdaPermissionProperties>('AWS::Lambda::Permission');
  return [
    ...ofBuckets.map(({ properties }) => properties.PolicyDocument),
    ...ofFunctions.map(({ properties }) =>
      lambdaPermission({ ...properties, FunctionName: functionArn(stack, properties.FunctionName) }),
    ),
  ];
}

/** A permission may name its function or give its ARN. */
const functionArn = (stack: Stack, nameOrArn: string) =>
  stack.ofType('AWS::Lambda::Function').find(({ ref }) => ref === nameOrArn)?.attributes.Arn ?? nameOrArn;
