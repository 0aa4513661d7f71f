import type { IncomingHttpHeaders } from 'node:http';
import { accountId } from '../types.ts';

export interface ApiRequest {
  method: string;
  /** As it stands in the request line, before the `?`. */
  rawPath: string;
  rawQuery: string;
  headers: IncomingHttpHeaders;
  body: Buffer;
  sourceIp: string;
}

export interface EventContext {
  apiId: string;
  routeKey: string;
  requestId: string;
  pathParameters: Record<string, string>;
  /** Of the verified token. */
  claims?: Record<string, string>;
  scopes?: string[] | null;
  nowMs: number;
}

/**
 * What a function gets for a request: API Gateway's payload format 2.0.
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-develop-integrations-lambda.html
 */
export function requestEvent(request: ApiRequest, context: EventContext): Record<string, unknown> {
  const { method, rawPath, rawQuery, headers, body, sourceIp } = request;
  const { cookie, ...others } = headers;
  const binary = body.length > 0 && !isText(headers);
  const query = joinedQuery(rawQuery);
  const path = decoded(rawPath);

  return {
    version: '2.0',
    routeKey: context.routeKey,
    rawPath: path,
    rawQueryString: rawQuery,
    ...(cookie && { cookies: cookie.split(/; */) }),
    headers: Object.fromEntries(
      Object.entries(others).map(([name, value]) => [name, [value].flat().join(',')]),
    ),
    ...(rawQuery && { queryStringParameters: query }),
    ...(Object.keys(context.pathParameters).length > 0 && { pathParameters: context.pathParameters }),
    requestContext: {
      accountId,
      apiId: context.apiId,
      ...(context.claims && {
        authorizer: { jwt: { claims: context.claims, scopes: context.scopes ?? null } },
      }),
      domainName: headers.host ?? '',
      domainPrefix: context.apiId,
      http: { method, path, protocol: 'HTTP/1.1', sourceIp, userAgent: headers['user-agent'] ?? '' },
      requestId: context.requestId,
      routeKey: context.routeKey,
      stage: '$default',
      time: clfTime(context.nowMs),
      timeEpoch: context.nowMs,
    },
    ...(body.length > 0 && { body: body.toString(binary ? 'base64' : 'utf8') }),
    isBase64Encoded: binary,
  };
}

/** What API Gateway takes for text; all else, forms too, comes as base64. */
const textTypes = /^(text\/.*|application\/([\w.-]+\+)?(json|xml)|application\/javascript)$/;

function isText(headers: IncomingHttpHeaders): boolean {
  const type = (headers['content-type'] ?? '').split(';')[0]!.trim().toLowerCase();
  return headers['content-encoding'] === undefined && textTypes.test(type);
}

/** A name that comes twice has its values joined by a comma. */
function joinedQuery(rawQuery: string): Record<string, string> {
  const joined: Record<string, string> = {};
  for (const [name, value] of new URLSearchParams(rawQuery))
    joined[name] = name in joined ? `${joined[name]},${value}` : value;
  return joined;
}

/** `12/Mar/2026:19:03:58 +0000` */
function clfTime(nowMs: number): string {
  const [, day, month, year, time] = /^\w+, (\d+) (\w+) (\d+) ([\d:]+)/.exec(new Date(nowMs).toUTCString())!;
  return `${day}/${month}/${year}:${time} +0000`;
}

/** API Gateway decodes the path before functions see it, whatever the field's name says. */
function decoded(path: string): string {
  try {
    return decodeURIComponent(path);
  } catch {
    return path;
  }
}
