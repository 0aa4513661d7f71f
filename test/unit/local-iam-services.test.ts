import { describe, expect, it } from '@jest/globals';
import { createAccess, ownerArn } from '../../local/iam/create-access.ts';
import { deriveKeys } from '../../local/iam/keys.ts';
import { lambdaPermission } from '../../local/iam/lambda-permission.ts';
import { accountId } from '../../local/types.ts';
import { anAccess, aPolicy } from '../support/access.ts';

const uploads = 'arn:aws:s3:::uploads/*';
const source = { action: 's3:GetObject', resource: 'arn:aws:s3:::uploads/a' };

describe('the permission of a service to invoke a function', () => {
  const functionArn = `arn:aws:lambda:us-east-1:${accountId}:function:receive`;
  const ruleArn = `arn:aws:events:us-east-1:${accountId}:rule/created`;
  const permission = lambdaPermission({
    Action: 'lambda:InvokeFunction',
    FunctionName: functionArn,
    Principal: 'events.amazonaws.com',
    SourceArn: ruleArn,
  });
  const invocation = { action: 'lambda:InvokeFunction', resource: functionArn };
  const { access } = anAccess({}, [permission]);

  it('holds for the service and the source that it names', () => {
    const context = { 'aws:SourceArn': ruleArn };

    const invoke = () => access.authorizeService('events.amazonaws.com', { ...invocation, context });

    expect(invoke).not.toThrow();
  });

  it.each([
    ['another service', 'apigateway.amazonaws.com', ruleArn, functionArn],
    ['another source', 'events.amazonaws.com', `${ruleArn}-2`, functionArn],
    ['another function', 'events.amazonaws.com', ruleArn, `${functionArn}-2`],
  ])('does not hold for %s', (_, service, sourceArn, resource) => {
    const invoke = () =>
      access.authorizeService(service, { ...invocation, resource, context: { 'aws:SourceArn': sourceArn } });

    expect(invoke).toThrow(`User: ${service} is not authorized to perform: lambda:InvokeFunction`);
  });

  it('is refused with properties that it does not know', () => {
    const properties = {
      ...invocation,
      Action: 'x:y',
      FunctionName: functionArn,
      Principal: 'a',
      PrincipalOrgID: 'o',
    };

    expect(() => lambdaPermission(properties)).toThrow(/Unknown property.*PrincipalOrgID/);
  });
});

describe('a service that acts for a resource', () => {
  const distribution = 'arn:aws:cloudfront::000000000000:distribution/E1';
  const other = 'arn:aws:cloudfront::000000000000:distribution/E2';
  const letIn = aPolicy({
    Effect: 'Allow',
    Principal: { Service: 'cloudfront.amazonaws.com' },
    Action: 's3:GetObject',
    Resource: uploads,
    Condition: { StringEquals: { 'AWS:SourceArn': distribution } },
  });

  it('may what a resource policy lets it do for that resource, and nothing else', () => {
    const keys = deriveKeys('a secret', [ownerArn, distribution, other]);
    const actingServices = [distribution, other].map((arn) => ({ arn, service: 'cloudfront.amazonaws.com' }));
    const access = createAccess({ roles: [], actingServices, resourcePolicies: [letIn], keys });
    const principalOf = (arn: string) => access.principalOf(keys.get(arn)!.accessKeyId)!;

    expect(() => access.authorize(principalOf(distribution), source)).not.toThrow();
    expect(() => access.authorize(principalOf(distribution), { ...source, action: 's3:PutObject' })).toThrow(
      'cloudfront.amazonaws.com is not authorized',
    );
    expect(() => access.authorize(principalOf(other), source)).toThrow('is not authorized');
  });
});
