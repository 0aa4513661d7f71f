import { describe, expect, it } from '@jest/globals';
import { verifyHeaders } from '../../local/iam/sigv4.ts';
import { codeOf, credential, options, principal, signedAtMs } from '../support/sigv4-examples.ts';

const emptyHash = 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855';

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
