import { Refusal } from '../../core/refusals.ts';
import { httpFunction, json } from '../shared/http-function.ts';
import { openApiDocument } from './openapi.ts';

export function createHandler() {
  const document = openApiDocument();
  return httpFunction(async ({ routeKey }) => {
    switch (routeKey) {
      case 'GET /api/openapi.json':
        return json(200, document);
      case 'GET /api/health':
        return json(200, { status: 'ok' });
      case 'HEAD /api/health':
        return { statusCode: 200, headers: { 'cache-control': 'no-store' } };
      default:
        throw new Refusal('not-found', 'There is nothing at this path.');
    }
  });
}

export const handler = createHandler();
