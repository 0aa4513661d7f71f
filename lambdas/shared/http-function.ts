import { injectLambdaContext } from '@aws-lambda-powertools/logger/middleware';
import middy from '@middy/core';
import type { APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2, Context } from 'aws-lambda';
import { jobNotFound, Refusal } from '../../core/refusals.ts';
import { isJobId } from './ids.ts';
import { logger } from './observability.ts';
import { retryAfterOf, toProblem } from './problem.ts';
import { publishMetrics } from './publish-metrics.ts';

/** What the authorizer of the HTTP API hands on; absent on public routes. */
interface Authorized {
  authorizer?: { jwt?: { claims?: Record<string, unknown> } };
}

export interface HttpCall {
  event: APIGatewayProxyEventV2;
  /** `GET /api/jobs/{id}` */
  routeKey: string;
  pathParameters: Record<string, string | undefined>;
  query: Record<string, string | undefined>;
  now: string;
}

export type Answer = APIGatewayProxyStructuredResultV2;

/** A function behind the HTTP API: logs, metrics and problem+json around `handle`. */
export function httpFunction(handle: (call: HttpCall) => Promise<Answer>) {
  return middy<APIGatewayProxyEventV2, Answer, Error, Context>()
    .use(injectLambdaContext(logger, { clearState: true }))
    .use(publishMetrics())
    .use({
      onError: (request) => {
        const { requestId } = request.event.requestContext;
        const problem = toProblem(request.error, requestId);
        if (problem.status >= 500) logger.error('The request failed', request.error as Error);
        else logger.info('The request was refused', { code: problem.code, route: request.event.routeKey });
        const headers = { 'content-type': 'application/problem+json', ...retryAfterOf(request.error) };
        request.response = json(problem.status, problem, headers);
      },
    })
    .handler(async (event) =>
      handle({
        event,
        routeKey: event.routeKey,
        pathParameters: event.pathParameters ?? {},
        query: event.queryStringParameters ?? {},
        now: new Date().toISOString(),
      }),
    );
}

/** The verified caller. @throws Refusal `unauthorized` */
export function ownerOf({ event }: HttpCall): string {
  const { authorizer } = event.requestContext as Authorized;
  const sub = authorizer?.jwt?.claims?.sub;
  if (typeof sub === 'string' && sub !== '') return sub;
  throw new Refusal('unauthorized', 'The request carries no valid token.');
}

/** The `{id}` of the path. @throws Refusal `job-not-found` for what is no id */
export function jobIdOf({ pathParameters: { id = '' } }: HttpCall): string {
  if (isJobId(id)) return id;
  throw jobNotFound();
}

export function json(statusCode: number, body: unknown, headers: Record<string, string> = {}): Answer {
  return {
    statusCode,
    headers: { 'content-type': 'application/json', 'cache-control': 'no-store', ...headers },
    body: JSON.stringify(body),
  };
}

export function noContent(): Answer {
  return { statusCode: 204, headers: { 'cache-control': 'no-store' } };
}
