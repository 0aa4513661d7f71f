import { describe, expect, it } from '@jest/globals';
import { hmac } from '../../local/iam/signature-seed.ts';
import { verifyPostPolicy, verifyPresigned } from '../../local/iam/sigv4.ts';
import { codeOf, credential, options, principal, signedAtMs } from '../support/sigv4-examples.ts';

const presigned = {
  method: 'GET',
  path: '/test.txt',
  query: `X-Amz-Algorithm=AWS4-HMAC-SHA256&X-Amz-Credential=${encodeURIComponent(credential)}&X-Amz-Date=20130524T000000Z&X-Amz-Expires=86400&X-Amz-SignedHeaders=host&X-Amz-Signature=aeeed9bbccd4d02ee5c0109b86d86835f995330da4c265957d157751f604d404`,
  headers: { host: 'examplebucket.s3.amazonaws.com' },
};

describe('a presigned URL', () => {
  it('holds until the second it expires', () => {
    const lastMoment = { ...options, nowMs: signedAtMs + 86_400_000 };

    expect(verifyPresigned(presigned, lastMoment)).toMatchObject({
      principal,
      authType: 'REST-QUERY-STRING',
    });
    expect(() => verifyPresigned(presigned, { ...lastMoment, nowMs: lastMoment.nowMs + 1 })).toThrow(
      expect.objectContaining({ name: 'AccessDenied', message: 'Request has expired' }),
    );
  });

  it.each([
    ['a longer life', ['Expires=86400', 'Expires=86401'], 'SignatureDoesNotMatch'],
    ['a life of more than a week', ['Expires=86400', 'Expires=604801'], 'AuthorizationQueryParametersError'],
    ['a life that is no number', ['Expires=86400', 'Expires=-1'], 'AuthorizationQueryParametersError'],
    ['a missing parameter', ['X-Amz-SignedHeaders=host&', ''], 'AuthorizationQueryParametersError'],
    ['another algorithm', ['AWS4-HMAC-SHA256', 'AWS4-HMAC-MD5'], 'AuthorizationQueryParametersError'],
    [
      'one more parameter',
      ['X-Amz-Date', 'response-content-type=text%2Fhtml&X-Amz-Date'],
      'SignatureDoesNotMatch',
    ],
  ])('refuses %s', (_, [from, to], code) => {
    const changed = { ...presigned, query: presigned.query.replace(from!, to!) };

    expect(codeOf(() => verifyPresigned(changed, options))).toBe(code);
  });
});

describe('the policy of a POST form', () => {
  const policy = Buffer.from('{"expiration":"2013-05-24T01:00:00Z","conditions":[]}').toString('base64');
  const signingKey = ['20130524', 'us-east-1', 's3', 'aws4_request'].reduce<string | Buffer>(
    hmac,
    `AWS4${principal.secretAccessKey}`,
  ) as Buffer;
  const fields = new Map([
    ['policy', policy],
    ['x-amz-algorithm', 'AWS4-HMAC-SHA256'],
    ['x-amz-credential', credential],
    ['x-amz-date', '20130524T000000Z'],
    ['x-amz-signature', hmac(signingKey, policy).toString('hex')],
  ]);

  it('names who signed it', () => {
    expect(verifyPostPolicy(fields, options)).toMatchObject({ principal, authType: 'POST', ageMs: 5000 });
  });

  it('is refused when changed, and when a field is missing', () => {
    const changed = new Map(fields).set('policy', policy.replace('e', 'f'));
    const incomplete = [...fields.keys()].map(
      (name) => new Map([...fields].filter(([other]) => other !== name)),
    );

    expect(codeOf(() => verifyPostPolicy(changed, options))).toBe('SignatureDoesNotMatch');
    for (const some of incomplete)
      expect(codeOf(() => verifyPostPolicy(some, options))).toBe('InvalidArgument');
  });
});
