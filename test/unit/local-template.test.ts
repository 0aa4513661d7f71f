// biome-ignore-all lint/suspicious/noTemplateCurlyInString: that is how Fn::Sub writes its references
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { Assembly, Template } from '../../local/template/assembly.ts';
import { resolveStack } from '../../local/template/stack.ts';

function resolved(template: Partial<Template>) {
  const assembly: Assembly = {
    stackName: 'Tiny',
    template: { Resources: {}, ...template },
    assetFolder: (key) => `/assets/${key}`,
  };
  return resolveStack(assembly, { apiUrl: 'http://127.0.0.1:8600' });
}

/** What one value in a template stands for. */
function meaningOf(value: unknown, rest: Partial<Template> = {}) {
  const Resources = {
    Bucket: { Type: 'AWS::S3::Bucket', Properties: { BucketName: 'films' } },
    Machine: { Type: 'AWS::StepFunctions::StateMachine', Properties: { StateMachineName: 'cut' } },
    Fn: { Type: 'AWS::Lambda::Function', Properties: { FunctionName: 'trim', Value: value } },
  };
  return resolved({ Resources, ...rest }).ofType<{ Value: unknown }>('AWS::Lambda::Function')[0]!.properties
    .Value;
}

describe('a value in a template', () => {
  it.each([
    ['a name', { Ref: 'Bucket' }, 'films'],
    ['an ARN that Ref gives', { Ref: 'Machine' }, 'arn:aws:states:us-east-1:000000000000:stateMachine:cut'],
    ['an attribute', { 'Fn::GetAtt': ['Bucket', 'Arn'] }, 'arn:aws:s3:::films'],
    ['an attribute, dotted', { 'Fn::GetAtt': 'Bucket.Arn' }, 'arn:aws:s3:::films'],
    ['a pseudo parameter', { Ref: 'AWS::Region' }, 'us-east-1'],
    [
      'joined parts',
      { 'Fn::Join': ['', ['arn:', { Ref: 'AWS::Partition' }, ':s3:::', { Ref: 'Bucket' }]] },
      'arn:aws:s3:::films',
    ],
    [
      'a substitution',
      { 'Fn::Sub': '${Bucket}/${Bucket.Arn}/${!literal}' },
      'films/arn:aws:s3:::films/${literal}',
    ],
    [
      'a substitution by its own names',
      { 'Fn::Sub': ['${a}-${AWS::Region}', { a: { Ref: 'Bucket' } }] },
      'films-us-east-1',
    ],
    ['one of a split', { 'Fn::Select': [1, { 'Fn::Split': ['-', 'a-b-c'] }] }, 'b'],
    ['a list with nothing in it', [{ Ref: 'AWS::NoValue' }, 1], [1]],
    ['a property of no value', { a: { Ref: 'AWS::NoValue' }, b: 1 }, { b: 1 }],
  ])('can be %s', (_what, value, expected) => {
    expect(meaningOf(value)).toEqual(expected);
  });

  it('can depend on conditions and mappings', () => {
    const rest: Partial<Template> = {
      Conditions: {
        Here: { 'Fn::Equals': [{ Ref: 'AWS::Region' }, 'us-east-1'] },
        Elsewhere: { 'Fn::Not': [{ Condition: 'Here' }] },
      },
      Mappings: { Sizes: { 'us-east-1': { big: 512 } } },
    };

    const value = meaningOf(
      {
        here: { 'Fn::If': ['Here', 'yes', 'no'] },
        elsewhere: { 'Fn::If': ['Elsewhere', 'yes', { Ref: 'AWS::NoValue' }] },
        size: { 'Fn::FindInMap': ['Sizes', { Ref: 'AWS::Region' }, 'big'] },
      },
      rest,
    );

    expect(value).toEqual({ here: 'yes', size: 512 });
  });

  it('stands for itself where no intrinsic function is in it', () => {
    const key = fc
      .string()
      .filter((name) => name !== 'Ref' && !name.startsWith('Fn::') && name !== '__proto__');
    const json = fc.letrec((tie) => ({
      any: fc.oneof(
        { depthSize: 'small' },
        fc.constantFrom(null, true, false),
        fc.string(),
        fc.integer(),
        fc.array(tie('any')),
        fc.dictionary(key, tie('any'), { noNullPrototype: true }),
      ),
    })).any;

    fc.assert(fc.property(json, (value) => expect(meaningOf(value)).toEqual(value)));
  });
});

describe('a template that can not be run', () => {
  it('is refused by the name of the resource whose type is not known', () => {
    const Resources = { Cache: { Type: 'AWS::ElastiCache::CacheCluster' } };

    expect(() => resolved({ Resources })).toThrow('Cache (AWS::ElastiCache::CacheCluster): a type that');
  });

  it.each([
    [{ 'Fn::GetAZs': '' }, 'Fn (AWS::Lambda::Function): Fn::GetAZs is an intrinsic function'],
    [{ Ref: 'Nobody' }, 'Fn (AWS::Lambda::Function): refers to Nobody'],
    [
      { 'Fn::GetAtt': ['Bucket', 'Colour'] },
      'Fn (AWS::Lambda::Function): Colour of Bucket (AWS::S3::Bucket)',
    ],
    [{ 'Fn::Sub': '${Nobody.Arn}' }, 'Fn (AWS::Lambda::Function): refers to Nobody'],
  ])('is refused by the name of the resource that holds %j', (value, message) => {
    expect(() => meaningOf(value)).toThrow(message);
  });
});

describe('a resource without a name', () => {
  const nameOf = (logicalId: string) =>
    resolved({ Resources: { [logicalId]: { Type: 'AWS::S3::Bucket' } } }).resources[0]!.ref;

  it('gets the same name at every start, and another one than its like', () => {
    expect(nameOf('Uploads')).toBe(nameOf('Uploads'));
    expect(nameOf('Uploads')).not.toBe(nameOf('Clips'));
  });

  it('gets one that S3 would take', () => {
    fc.assert(
      fc.property(fc.stringMatching(/^[A-Za-z0-9]{1,255}$/), (logicalId) => {
        expect(nameOf(logicalId)).toMatch(/^[a-z0-9][a-z0-9-]{1,61}[a-z0-9]$/);
      }),
    );
  });
});

describe('a resource under a condition that does not hold', () => {
  it('is left out', () => {
    const stack = resolved({
      Conditions: { Never: { 'Fn::Equals': ['a', 'b'] } },
      Resources: { Bucket: { Type: 'AWS::S3::Bucket', Condition: 'Never' } },
    });

    expect(stack.resources).toEqual([]);
  });
});
