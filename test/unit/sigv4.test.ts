import { describe, expect, it } from '@jest/globals';
import type { Principal } from '../../local/iam/access.ts';
import { hmac } from '../../local/iam/signature-seed.ts';
import { verifyHeaders, verifyPostPolicy, verifyPresigned } from '../../local/iam/sigv4.ts';

// The requests and signatures that the S3 API reference prints as examples.
const principal: Principal = {
  accessKeyId: 'AKIAIOSFODNN7EXAMPLE',
  secretAccessKey: 'wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY',
  arn: 'arn:aws:iam::000000000000:user/example',
};
const signedAtMs = Date.UTC(2013, 4, 24);
const options = {
  service: 's3',
  nowMs: signedAtMs + 5000,
  lookup: (id: string) => (id === principal.accessKeyId ? principal : undefined),
};
const emptyHash = 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855';
const credential = `${principal.accessKeyId}/20130524/us-east-1/s3/aws4_request`;

const getObject = {
  method: 'GET',
  path: '/test.txt',
  query: '',
  headers: {
    host: 'examplebucket.s3.amazonaws.com',
    range: 'bytes=0-9',
    'x-amz-content-sha256': emptyHash,
    'x-amz-date': '20130524T000000Z',
    authorization: `AWS4-HMAC-SHA256 Credential=${credential},SignedHeaders=host;range;x-amz-content-sha256;x-amz-date,Signature=f0e8bdb87c964420e857bd35b5d6ed310bd44f0170aba48dd91039c6036bdb41`,
  },
};

const presigned = {
  method: 'GET',
  path: '/test.txt',
  query: `X-Amz-Algorithm=AWS4-HMAC-SHA256&X-Amz-Credential=${encodeURIComponent(credential)}&X-Amz-Date=20130524T000000Z&X-Amz-Expires=86400&X-Amz-SignedHeaders=host&X-Amz-Signature=aeeed9bbccd4d02ee5c0109b86d86835f995330da4c265957d157751f604d404`,
  headers: { host: 'examplebucket.s3.amazonaws.com' },
};

describe('the Authorization header', () => {
  it('names the principal and the age of the signature', () => {
    const signature = verifyHeaders(getObject, options);

    expect(signature).toMatchObject({
      principal,
      authType: 'REST-HEADER',
      ageMs: 5000,
      payloadHash: emptyHash,
    });
  });

  it('covers characters of the query and the path that need encoding', () => {
    const list = {
      ...getObject,
      path: '/',
      query: 'max-keys=2&prefix=J',
      headers: {
        host: getObject.headers.host,
        'x-amz-content-sha256': emptyHash,
        'x-amz-date': '20130524T000000Z',
        authorization: `AWS4-HMAC-SHA256 Credential=${credential},SignedHeaders=host;x-amz-content-sha256;x-amz-date,Signature=34b48302e7b5fa45bde8084f4b7868a86f0a534bc59db6670ed5711ef69dc6f7`,
      },
    };
    const put = {
      method: 'PUT',
      path: '/test$file.text',
      query: '',
      headers: {
        ...list.headers,
        'x-amz-content-sha256': '44ce7dd67c959e0d3524ffac1771dfbba87d2b6b4b4e99e42034a8b803f8b072',
        date: 'Fri, 24 May 2013 00:00:00 GMT',
        'x-amz-storage-class': 'REDUCED_REDUNDANCY',
        authorization: `AWS4-HMAC-SHA256 Credential=${credential},SignedHeaders=date;host;x-amz-content-sha256;x-amz-date;x-amz-storage-class,Signature=98ad721746da40c64f1a55b78f14c238d841ea1380cd77a1b5971af0ece108bd`,
      },
      body: 'Welcome to Amazon S3.',
    };

    expect(verifyHeaders(list, options).principal).toBe(principal);
    expect(verifyHeaders(put, options).principal).toBe(principal);
  });

  it.each([
    ['another method', { method: 'DELETE' }, 'SignatureDoesNotMatch'],
    ['another path', { path: '/test2.txt' }, 'SignatureDoesNotMatch'],
    ['another query', { query: 'versionId=1' }, 'SignatureDoesNotMatch'],
    ['another body', { body: 'changed' }, 'SignatureDoesNotMatch'],
    [
      'a signed header changed',
      { headers: { ...getObject.headers, range: 'bytes=0-99' } },
      'SignatureDoesNotMatch',
    ],
    [
      'a signed header removed',
      { headers: { ...getObject.headers, range: undefined } },
      'SignatureDoesNotMatch',
    ],
    [
      'an x-amz header that is not signed',
      { headers: { ...getObject.headers, 'x-amz-acl': 'private' } },
      'AccessDenied',
    ],
    ['no signature', { headers: { host: 'h' } }, 'AccessDenied'],
    [
      'Signature Version 2',
      { headers: { ...getObject.headers, authorization: 'AWS AKIA:abc=' } },
      'InvalidRequest',
    ],
  ])('refuses %s', (_, change, code) => {
    const changed = { ...getObject, ...change } as typeof getObject;

    expect(() => verifyHeaders(changed, options)).toThrow(expect.objectContaining({ name: code }));
  });

  it('refuses a clock that is 15 minutes off, an unknown key, another secret and another service', () => {
    const stranger = { ...principal, secretAccessKey: 'another' };

    const attempts = [
      { nowMs: signedAtMs + 900_001 },
      { nowMs: signedAtMs - 900_001 },
      { lookup: () => undefined },
      { lookup: () => stranger },
      { service: 'dynamodb' },
    ].map((change) => codeOf(() => verifyHeaders(getObject, { ...options, ...change })));

    expect(attempts).toEqual([
      'RequestTimeTooSkewed',
      'RequestTimeTooSkewed',
      'InvalidAccessKeyId',
      'SignatureDoesNotMatch',
      'AuthorizationHeaderMalformed',
    ]);
  });
});

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

function codeOf(act: () => unknown): string | undefined {
  try {
    act();
    return undefined;
  } catch (error) {
    return (error as Error).name;
  }
}
