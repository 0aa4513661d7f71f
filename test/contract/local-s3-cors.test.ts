import { PutObjectCommand } from '@aws-sdk/client-s3';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { aLocalS3, bucketName as Bucket, type LocalS3 } from '../support/local-s3.ts';

let s3: LocalS3;
let closed: LocalS3;
beforeAll(async () => {
  const cors = [
    {
      AllowedMethods: ['PUT', 'POST'],
      AllowedOrigins: ['https://*.example.com', 'http://127.0.0.1:3000'],
      AllowedHeaders: ['content-*', 'x-amz-date'],
      ExposedHeaders: ['ETag'],
      MaxAge: 600,
    },
    { AllowedMethods: ['GET'], AllowedOrigins: ['*'] },
  ];
  s3 = await aLocalS3({ bucket: { cors } });
  closed = await aLocalS3();
  await s3.owner.send(new PutObjectCommand({ Bucket, Key: 'k', Body: 'x' }));
});
afterAll(async () => {
  await s3.stop();
  await closed.stop();
});

const preflight = (server: LocalS3, origin: string, method: string, headers?: string) =>
  fetch(`${server.url}/${Bucket}/k`, {
    method: 'OPTIONS',
    headers: {
      origin,
      'access-control-request-method': method,
      ...(headers && { 'access-control-request-headers': headers }),
    },
  });

describe('a preflight', () => {
  it('is answered by the first rule that allows it', async () => {
    const { status, headers } = await preflight(
      s3,
      'https://app.example.com',
      'PUT',
      'Content-Type, X-Amz-Date',
    );

    expect(status).toBe(200);
    expect(Object.fromEntries(headers)).toMatchObject({
      'access-control-allow-origin': 'https://app.example.com',
      'access-control-allow-methods': 'PUT, POST',
      'access-control-allow-headers': 'content-type, x-amz-date',
      'access-control-expose-headers': 'ETag',
      'access-control-max-age': '600',
      vary: 'Origin, Access-Control-Request-Headers, Access-Control-Request-Method',
    });
  });

  it.each([
    ['origin', 'https://example.org', 'PUT', undefined],
    ['origin that only begins alike', 'https://app.example.com.evil.org', 'PUT', undefined],
    ['method', 'https://app.example.com', 'DELETE', undefined],
    ['header', 'https://app.example.com', 'PUT', 'x-other'],
  ])('is refused for another %s', async (_, origin, method, header) => {
    const response = await preflight(s3, origin, method, header);

    expect(response.status).toBe(403);
    expect(response.headers.get('access-control-allow-origin')).toBeNull();
    expect(await response.text()).toContain('<Code>AccessForbidden</Code>');
  });

  it('is refused where there are no rules', async () => {
    const response = await preflight(closed, 'http://127.0.0.1:3000', 'GET');

    expect(await response.text()).toContain('CORSResponse: CORS is not enabled for this bucket.');
  });
});

describe('an answer', () => {
  const get = (server: LocalS3, origin: string) =>
    fetch(`${server.url}/${Bucket}/k`, { headers: { origin } });

  it('can be read by pages of the origins allowed, also if it is an error', async () => {
    const response = await get(s3, 'https://anywhere.org');

    expect(response.status).toBe(403);
    expect(response.headers.get('access-control-allow-origin')).toBe('*');
    expect(response.headers.get('access-control-allow-credentials')).toBeNull();
  });

  it('says nothing of origins where there are no rules, or to who did not ask', async () => {
    const withoutRules = await get(closed, 'http://127.0.0.1:3000');
    const withoutOrigin = await fetch(`${s3.url}/${Bucket}/k`);

    expect(withoutRules.headers.get('access-control-allow-origin')).toBeNull();
    expect(withoutOrigin.headers.get('access-control-allow-origin')).toBeNull();
  });
});
