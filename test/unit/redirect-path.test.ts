import { describe, expect, it } from '@jest/globals';
import type { APIGatewayProxyEventV2, Context } from 'aws-lambda';
import { createHandler } from '../../lambdas/redirect-path/handler.ts';

const call = (method: string, rawPath: string, rawQueryString = '') =>
  createHandler()(
    {
      rawPath,
      rawQueryString,
      headers: {},
      routeKey: '$default',
      requestContext: { requestId: 'any', http: { method } },
    } as unknown as APIGatewayProxyEventV2,
    { awsRequestId: 'any' } as Context,
  );

describe('what no route takes', () => {
  it('is sent on, with its query, where but a slash is too much', async () => {
    expect(await call('POST', '/api/jobs/', 'a=1')).toMatchObject({
      statusCode: 308,
      headers: { location: '/api/jobs?a=1' },
    });
  });

  it.each([
    ['PUT', '/api/jobs'],
    ['GET', '/api//evil.example/'],
  ])('is told with its method: %s %s may be there by another', async (method, path) => {
    const { statusCode, body } = (await call(method, path)) as { statusCode: number; body: string };

    expect(statusCode).toBe(404);
    expect(JSON.parse(body)).toMatchObject({ code: 'not-found', detail: `There is no ${method} ${path}.` });
  });
});
