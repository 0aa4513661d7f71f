import { mkdtemp, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { createAccess, ownerArn } from '../../local/iam/create-access.ts';
import { deriveKeys, machineSecret } from '../../local/iam/keys.ts';
import { lambdaPermission } from '../../local/iam/lambda-permission.ts';
import type { PolicyStatement } from '../../local/iam/policy-document.ts';
import { accountId } from '../../local/types.ts';
import { anAccess, aPolicy, roleArn } from '../support/access.ts';

const uploads = 'arn:aws:s3:::uploads/*';
const source = { action: 's3:GetObject', resource: 'arn:aws:s3:::uploads/a' };
const reader: PolicyStatement = {
  Sid: 'Read',
  Effect: 'Allow',
  Action: ['s3:GetObject', 's3:PutObject'],
  Resource: uploads,
};
const denyAll = (more: Partial<PolicyStatement>) =>
  aPolicy({ Effect: 'Deny', Principal: '*', Action: 's3:*', Resource: uploads, ...more });

describe('access', () => {
  it('knows who signs with a key', () => {
    const { access, credentialsOf, owner } = anAccess({ reader: [reader] });

    expect(access.principalOf(credentialsOf('reader').accessKeyId)?.arn).toBe(roleArn('reader'));
    expect(access.principalOf(owner.accessKeyId)?.arn).toBe(ownerArn);
    expect(access.principalOf('AKIANOBODY')).toBeUndefined();
  });

  it('names who may not do what on which resource', () => {
    const { access } = anAccess({ reader: [reader] });
    const role = access.principalWithArn(roleArn('reader'));

    access.authorize(role, source);
    const refused = () => access.authorize(role, { ...source, action: 's3:DeleteObject' });

    expect(refused).toThrow(
      `User: ${roleArn('reader')} is not authorized to perform: s3:DeleteObject on resource: arn:aws:s3:::uploads/a`,
    );
  });

  it('lets the owner do everything but what a resource forbids', () => {
    const { access } = anAccess({}, [
      denyAll({ Condition: { NumericGreaterThan: { 's3:signatureAge': 1000 } } }),
    ]);
    const owner = access.principalWithArn(ownerArn);

    access.authorize(owner, source);

    expect(() => access.authorize(owner, { ...source, context: { 's3:signatureAge': 1001 } })).toThrow(
      /not authorized/,
    );
  });

  it('lets a resource except one role from its deny', () => {
    const { access } = anAccess({ reader: [reader], other: [reader] }, [
      denyAll({ Condition: { ArnNotEquals: { 'aws:PrincipalArn': roleArn('reader') } } }),
    ]);

    access.authorize(access.principalWithArn(roleArn('reader')), source);

    expect(() => access.authorize(access.principalWithArn(roleArn('other')), source)).toThrow(
      /not authorized/,
    );
  });

  it.each([
    ['the role itself', { AWS: roleArn('guest') }, true],
    ['its account', { AWS: accountId }, true],
    ['the root of its account', { AWS: `arn:aws:iam::${accountId}:root` }, true],
    ['another role', { AWS: roleArn('reader') }, false],
    ['a service', { Service: 'events.amazonaws.com' }, false],
  ])('is given by a resource that names %s', (_, Principal, allowed) => {
    const grant: PolicyStatement = { Effect: 'Allow', Principal, Action: 's3:GetObject', Resource: uploads };
    const { access } = anAccess({ guest: [] }, [aPolicy(grant)]);
    const ask = () => access.authorize(access.principalWithArn(roleArn('guest')), source);

    if (allowed) expect(ask).not.toThrow();
    else expect(ask).toThrow(/not authorized/);
  });

  it('refuses to start on a policy that it can’t judge', () => {
    const policies = [aPolicy({ ...reader, Condition: { IpAddress: { 'aws:SourceIp': '10.0.0.0/8' } } })];
    const keys = deriveKeys('a secret', [ownerArn, roleArn('reader')]);
    const create = () =>
      createAccess({ roles: [{ arn: roleArn('reader'), policies }], resourcePolicies: [], keys });

    expect(create).toThrow('Unknown condition operator: IpAddress');
  });
});

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
    access.authorizeService('events.amazonaws.com', { ...invocation, context: { 'aws:SourceArn': ruleArn } });
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

describe('which grants a story needs', () => {
  it('is told action by action', () => {
    const { access } = anAccess({
      reader: [{ ...reader, Effect: 'Deny', Resource: 'arn:aws:s3:::clips/*' }, reader],
    });

    access.authorize(access.principalWithArn(roleArn('reader')), source);

    expect(access.usage()).toEqual([
      {
        roleArn: roleArn('reader'),
        sid: 'Read',
        statement: 1,
        actionsUsed: ['s3:GetObject'],
        actionsUnused: ['s3:PutObject'],
      },
    ]);
  });

  it('leaves out those that double each other, for neither would be missed', () => {
    const { access } = anAccess({
      reader: [
        { ...reader, Action: 's3:Get*' },
        { ...reader, Action: 's3:GetObject' },
      ],
    });

    access.authorize(access.principalWithArn(roleArn('reader')), source);

    expect(access.usage().map(({ actionsUsed }) => actionsUsed)).toEqual([[], []]);
  });

  it('leaves out requests that were refused', () => {
    const { access } = anAccess({ reader: [reader] }, [denyAll({})]);

    expect(() => access.authorize(access.principalWithArn(roleArn('reader')), source)).toThrow(
      /not authorized/,
    );

    expect(access.usage()[0]?.actionsUsed).toEqual([]);
  });
});

describe('access keys', () => {
  it('stay the same for the same secret, and differ between roles and between machines', () => {
    const key = (secret: string, role: string) => deriveKeys(secret, [role]).get(role)!;

    expect(key('one', 'a')).toEqual(key('one', 'a'));
    expect(
      new Set([key('one', 'a'), key('one', 'b'), key('two', 'a')].map(({ accessKeyId }) => accessKeyId)).size,
    ).toBe(3);
    expect(key('one', 'a').accessKeyId).toMatch(/^AKIA[A-Z2-7]{16}$/);
    expect(key('one', 'a').secretAccessKey).toHaveLength(40);
  });

  it('come from a secret that is kept, for its owner’s eyes only', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'secret-'));
    const path = join(folder, 'secret');

    const secret = await machineSecret(path);

    expect(secret).toMatch(/^[0-9a-f]{64}$/);
    expect(await machineSecret(path)).toBe(secret);
    expect((await stat(path)).mode & 0o777).toBe(0o600);
    await rm(folder, { recursive: true });
  });
});
