import { describe, expect, it } from '@jest/globals';
import type { RequestContext } from '../../local/iam/conditions.ts';
import type { PolicyStatement } from '../../local/iam/policy-document.ts';
import { roleArn } from '../support/access.ts';
import { allow, decisionOn } from '../support/decision-on.ts';

describe('conditions', () => {
  it.each<[string, PolicyStatement['Condition'], RequestContext, boolean]>([
    ['equals', { StringEquals: { 'aws:SourceAccount': ['1', '2'] } }, { 'AWS:sourceaccount': '2' }, true],
    ['differs', { StringEquals: { 'aws:SourceAccount': '1' } }, { 'aws:SourceAccount': '2' }, false],
    ['lacks the key', { StringEquals: { 'aws:SourceAccount': '1' } }, {}, false],
    ['may lack the key', { StringEqualsIfExists: { 'aws:SourceAccount': '1' } }, {}, true],
    ['has the key that it may lack', { StringEqualsIfExists: { a: '1' } }, { a: '2' }, false],
    ['is none of', { StringNotEquals: { a: ['1', '2'] } }, { a: '3' }, true],
    ['is one of', { StringNotEquals: { a: ['1', '2'] } }, { a: '2' }, false],
    ['lacks the key that must differ', { StringNotEquals: { a: '1' } }, {}, true],
    ['is like', { StringLike: { 's3:prefix': 'uploads/*' } }, { 's3:prefix': 'uploads/1' }, true],
    ['equals in another case', { StringEqualsIgnoreCase: { a: 'Aws' } }, { a: 'aWS' }, true],
    [
      'is an ARN like',
      { ArnLike: { a: 'arn:aws:events:*:*:rule/*' } },
      { a: 'arn:aws:events:r:1:rule/x' },
      true,
    ],
    ['is another ARN', { ArnNotEquals: { a: roleArn('deleter') } }, { a: roleArn('worker') }, true],
    [
      'is greater',
      { NumericGreaterThan: { 's3:signatureAge': '3600000' } },
      { 's3:signatureAge': 3600001 },
      true,
    ],
    [
      'is not greater',
      { NumericGreaterThan: { 's3:signatureAge': '3600000' } },
      { 's3:signatureAge': 3600000 },
      false,
    ],
    ['is no number', { NumericLessThan: { a: 5 } }, { a: 'few' }, false],
    ['is false', { Bool: { 'aws:SecureTransport': 'false' } }, { 'aws:SecureTransport': false }, true],
    ['is not said', { Bool: { 'aws:SecureTransport': 'false' } }, {}, false],
    ['must be absent', { Null: { a: 'true' } }, { a: '1' }, false],
    ['must be there', { Null: { a: false } }, { a: '1' }, true],
    ['meets one of two', { StringEquals: { a: '1', b: '1' } }, { a: '1', b: '2' }, false],
    ['has many values', { StringEquals: { 'aws:TagKeys': 'b' } }, { 'aws:TagKeys': ['a', 'b'] }, true],
  ])('hold or not where a request %s', (_, Condition, context, expected) => {
    expect(decisionOn([allow({ Condition })], { context }) === 'allow').toBe(expected);
  });
});
