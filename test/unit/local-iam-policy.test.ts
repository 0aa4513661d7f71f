import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { parsePolicy } from '../../local/iam/policy.ts';
import type { PolicyStatement } from '../../local/iam/policy-document.ts';
import { aPolicy } from '../support/access.ts';
import { allow, decisionOn } from '../support/decision-on.ts';

const patterns = <T>(...values: T[]) => fc.subarray(values, { minLength: 1 });
const someStatement: fc.Arbitrary<PolicyStatement> = fc.record({
  Effect: fc.constantFrom('Allow', 'Deny'),
  Action: patterns('s3:GetObject', 's3:Put*', 'S3:*', 'dynamodb:GetItem', '*'),
  Resource: patterns('*', 'arn:aws:s3:::uploads/*', 'arn:aws:s3:::clips/?', 'arn:aws:s3:::clips'),
});
const someQuestion = fc.record({
  action: fc.constantFrom('s3:GetObject', 's3:PutObject', 's3:DeleteObject', 'dynamodb:GetItem'),
  resource: fc.constantFrom(
    'arn:aws:s3:::uploads/a',
    'arn:aws:s3:::clips/a',
    'arn:aws:s3:::clips/ab',
    'arn:aws:s3:::clips',
  ),
});

describe('a policy', () => {
  it('denies what no statement speaks of', () => {
    expect(decisionOn([allow()], { action: 's3:PutObject' })).toBe('implicit deny');
    expect(decisionOn([allow()], { resource: 'arn:aws:s3:::clips/a' })).toBe('implicit deny');
  });

  it('compares actions without case and resources with it', () => {
    expect(decisionOn([allow({ Action: 'S3:getobject' })])).toBe('allow');
    expect(decisionOn([allow({ Resource: 'arn:aws:s3:::Uploads/*' })])).toBe('implicit deny');
  });

  it('can speak of all but some actions and resources', () => {
    const { Action: _a, Resource: _r, ...rest } = allow();
    const statement = { ...rest, NotAction: 's3:Delete*', NotResource: 'arn:aws:s3:::clips/*' };

    expect(decisionOn([statement])).toBe('allow');
    expect(decisionOn([statement], { action: 's3:DeleteObject' })).toBe('implicit deny');
    expect(decisionOn([statement], { resource: 'arn:aws:s3:::clips/a' })).toBe('implicit deny');
  });

  it('is overruled by any deny that applies, whatever else it allows', () => {
    fc.assert(
      fc.property(fc.array(someStatement), someQuestion, (statements, question) => {
        const deny: PolicyStatement = {
          Effect: 'Deny',
          Action: question.action,
          Resource: question.resource,
        };

        expect(decisionOn([...statements, deny], question)).toBe('explicit deny');
      }),
    );
  });

  it('means the same in any order of its statements', () => {
    const shuffled = fc
      .array(someStatement, { maxLength: 6 })
      .chain((statements) =>
        fc.tuple(fc.constant(statements), fc.shuffledSubarray(statements, { minLength: statements.length })),
      );
    fc.assert(
      fc.property(shuffled, someQuestion, ([statements, reordered], question) => {
        expect(decisionOn(reordered, question)).toBe(decisionOn(statements, question));
      }),
    );
  });

  it('allows no more with one statement fewer, unless that one denied', () => {
    fc.assert(
      fc.property(fc.array(someStatement, { minLength: 1 }), someQuestion, ([first, ...rest], question) => {
        fc.pre(first!.Effect === 'Allow' && decisionOn(rest, question) === 'allow');

        expect(decisionOn([first!, ...rest], question)).toBe('allow');
      }),
    );
  });
});

const aVariable = ['$', '{aws:username}'].join('');

describe('a policy that can’t be judged', () => {
  it.each<[string, object, RegExp]>([
    [
      'an unknown operator',
      { Condition: { IpAddress: { 'aws:SourceIp': '10.0.0.0/8' } } },
      /operator: IpAddress/,
    ],
    ['a set operator', { Condition: { 'ForAllValues:StringEquals': { a: '1' } } }, /operator: ForAllValues/],
    [
      'an inherited name for an operator',
      { Condition: { constructor: { a: '1' } } },
      /operator: constructor/,
    ],
    ['a variable in a condition', { Condition: { StringEquals: { a: aVariable } } }, /variables/],
    ['a variable in a resource', { Resource: `arn:aws:s3:::uploads/${aVariable}/*` }, /variables/],
    ['a number that is none', { Condition: { NumericEquals: { a: 'ten' } } }, /ten/],
    ['a boolean that is none', { Condition: { Bool: { a: 'yes' } } }, /yes/],
    ['an ARN cut short in a condition', { Condition: { ArnLike: { a: 'arn:aws:s3' } } }, /arn:aws:s3/],
    [
      'an intrinsic left over in a condition',
      { Condition: { StringEquals: { a: { Ref: 'X' } } } },
      /value: {"Ref"/,
    ],
    ['an unknown element', { NotPrincipal: '*' }, /element: NotPrincipal/],
    ['an unknown effect', { Effect: 'allow' }, /effect: allow/],
    ['an action without its service', { Action: 'GetObject' }, /action: GetObject/],
    ['a resource that is no ARN', { Resource: 'uploads/*' }, /ARN: uploads/],
    ['an intrinsic left over', { Resource: { Ref: 'Bucket' } }, /text: {"Ref":"Bucket"}/],
    ['both Action and NotAction', { NotAction: 's3:*' }, /either Action or NotAction/],
    ['no Resource', { Resource: undefined }, /either Resource or NotResource/],
    ['a Principal in an identity’s policy', { Principal: '*' }, /no Principal/],
  ])('is refused when it is loaded: %s', (_, more, message) => {
    const load = () => parsePolicy(aPolicy(allow(more)), 'identity');

    expect(load).toThrow(
      expect.objectContaining({ name: 'PolicyError', message: expect.stringMatching(message) }),
    );
  });

  it.each<[string, object, RegExp]>([
    ['no Principal', {}, /needs Principal/],
    [
      'a wildcard within an ARN',
      { Principal: { AWS: 'arn:aws:iam::000000000000:role/*' } },
      /principal: arn/,
    ],
    ['an unknown kind of principal', { Principal: { Federated: 'x' } }, /kind of principal: Federated/],
  ])('is refused for a resource: %s', (_, more, message) => {
    expect(() => parsePolicy(aPolicy(allow(more)), 'resource')).toThrow(message);
  });

  it('is refused in an older language', () => {
    const load = () =>
      parsePolicy({ ...aPolicy(allow()), Version: '2008-10-17' as '2012-10-17' }, 'identity');

    expect(load).toThrow('Unknown policy version: 2008-10-17');
  });
});
