import { randomUUID } from 'node:crypto';
import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http';
import { accountId, FunctionError, region } from '../types.ts';
import type { ApiDefinition, Route } from './api-definition.ts';
import { type Authenticate, AuthenticationError, type Caller } from './authenticate.ts';
import { corsHeaders, isPreflight, preflightHeaders } from './cors-headers.ts';
import { functionAnswer, gatewayAnswer, type HttpAnswer } from './function-answer.ts';
import { comesFromHere, namesThisMachine } from './loopback-guard.ts';
import { matchRoute } from './match-route.ts';
import { readBody } from './read-body.ts';
import { requestEvent } from './request-event.ts';
import { type Admit, createThrottle } from './throttle.ts';

/** API Gateway's limit for a request. */
const bodyLimitBytes = 10 * 1024 * 1024;

export interface HttpApiSettings {
  definition: ApiDefinition;
  authenticate: Authenticate;
  /** No token is asked for: then requests that a foreign page made are refused. */
  ownerOnly: boolean;
  /** Calls a function for the route with this ARN. Throws AccessDenied, FunctionError. */
  invoke(functionArn: string, event: unknown, routeArn: string): Promise<unknown>;
  log(line: string): void;
}

type Throttled = HttpApiSettings & { admit: Admit };

/** An HTTP API as API Gateway runs it: routes, throttling, CORS, JWT authorizer, payload format 2.0, and its own errors. */
export function createHttpApi(settings: HttpApiSettings): RequestListener {
  const admit = createThrottle(() => performance.now());
  return (request, response) => {
    void respond({ ...settings, admit }, request)
      .catch((error: unknown) => {
        settings.log(
          `HTTP API: ${error instanceof Error ? `${error.name}: ${error.message}` : String(error)}`,
        );
        return gatewayAnswer(500, 'Internal Server Error');
      })
      .then((sent) => send(response, sent));
  };
}

async function respond(settings: Throttled, request: IncomingMessage): Promise<HttpAnswer> {
  const { cors } = settings.definition;
  const { method = 'GET', headers } = request;
  const body = await readBody(request, bodyLimitBytes);

  if (!namesThisMachine(headers.host)) return gatewayAnswer(403, 'Forbidden');
  if (!cors) return answer(settings, request, body);
  if (isPreflight(method, headers))
    return { statusCode: 204, headers: preflightHeaders(cors, headers), body: Buffer.alloc(0) };
  return withCors(await answer(settings, request, body), corsHeaders(cors, headers));
}

async function answer(settings: Throttled, request: IncomingMessage, body?: Buffer): Promise<HttpAnswer> {
  const { definition, authenticate, ownerOnly, admit } = settings;
  const { method = 'GET', url = '/', headers } = request;
  const [rawPath = '/', rawQuery = ''] = url.split(/\?(.*)/s, 2);

  if (ownerOnly && !comesFromHere(headers, definition.cors?.AllowOrigins ?? []))
    return gatewayAnswer(403, 'Forbidden');
  if (!body) return gatewayAnswer(413, 'Request Entity Too Large');
  const match = matchRoute(definition.routes, method, rawPath);
  if (!match) return gatewayAnswer(404, 'Not Found');
  const { route, pathParameters } = match;
  if (!admit(route)) return gatewayAnswer(429, 'Too Many Requests');

  let caller: Caller | undefined;
  try {
    caller = route.authorizer && (await authenticate(route.authorizer, headers.authorization));
  } catch (error) {
    if (error instanceof AuthenticationError) return gatewayAnswer(error.statusCode, error.message);
    throw error;
  }

  const event = requestEvent(
    { method, rawPath, rawQuery, headers, body, sourceIp: request.socket.remoteAddress ?? '127.0.0.1' },
    {
      apiId: definition.id,
      routeKey: route.key,
      requestId: randomUUID(),
      pathParameters,
      claims: caller?.claims,
      scopes: caller?.scopes,
      nowMs: Date.now(),
    },
  );
  return callFunction(settings, route, event);
}

async function callFunction({ definition, invoke, log }: HttpApiSettings, route: Route, event: unknown) {
  const late = Symbol('late');
  const { promise: deadline, resolve } = Promise.withResolvers<typeof late>();
  const timer = setTimeout(resolve, route.timeoutMs, late);
  try {
    const returned = await Promise.race([
      invoke(route.functionArn, event, routeArn(definition.id, route.key)),
      deadline,
    ]);
    return returned === late ? gatewayAnswer(503, 'Service Unavailable') : functionAnswer(returned);
  } catch (error) {
    const { name, message } = error as Error;
    if (name === 'RequestTooLargeException') return gatewayAnswer(413, 'Request Entity Too Large');
    if (!(error instanceof FunctionError)) throw error;
    log(`${route.key} failed: ${name}: ${message}`);
    return gatewayAnswer(500, 'Internal Server Error');
  } finally {
    clearTimeout(timer);
  }
}

/** What stands as `aws:SourceArn` when API Gateway calls: `…/<stage>/<method><path>`. */
function routeArn(apiId: string, routeKey: string): string {
  const [method, path = ''] = routeKey.split(' ');
  return `arn:aws:execute-api:${region}:${accountId}:${apiId}/$default/${method}${path}`;
}

/** Once CORS is configured at the API, what a function says about it does not count. */
function withCors({ headers, ...sent }: HttpAnswer, own: Record<string, string>): HttpAnswer {
  const others = Object.entries(headers).filter(([name]) => !name.startsWith('access-control-'));
  return { ...sent, headers: { ...Object.fromEntries(others), ...own } };
}

function send(response: ServerResponse, { statusCode, headers, body }: HttpAnswer): void {
  response
    .writeHead(statusCode, { ...headers, 'content-length': body.length, 'apigw-requestid': randomUUID() })
    .end(body);
}
