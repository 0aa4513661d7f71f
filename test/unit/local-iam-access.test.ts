import { describe, expect, it } from '@jest/globals';
import { createAccess, ownerArn } from '../../local/iam/create-access.ts';
import { deriveKeys } from '../../local/iam/keys.ts';
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
