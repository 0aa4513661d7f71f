import type { IncomingMessage, ServerResponse } from 'node:http';
import { S3Error } from '../s3-error.ts';
import type { CorsRule } from '../types.ts';

/** Lets a page of another origin read the answer, if a rule says so; also if the answer is an error. */
export function addCorsHeaders(rules: CorsRule[], incoming: IncomingMessage, response: ServerResponse): void {
  const { origin } = incoming.headers;
  const rule = origin && findRule(rules, origin, incoming.method ?? '', []);
  if (rule) setHeaders(rule, origin, response);
}

/** Answers a preflight; throws AccessForbidden where no rule allows what is asked. */
export function answerPreflight(
  rules: CorsRule[],
  incoming: IncomingMessage,
  response: ServerResponse,
): void {
  const { origin } = incoming.headers;
  const method = incoming.headers['access-control-request-method'];
  if (!origin || !method) {
    throw new S3Error(
      'InvalidRequest',
      'Insufficient information. Origin and Access-Control-Request-Method request headers needed.',
    );
  }
  const requested = (incoming.headers['access-control-request-headers'] ?? '')
    .split(',')
    .map((name) => name.trim().toLowerCase())
    .filter((name) => name !== '');
  const rule = findRule(rules, origin, method, requested);
  if (!rule) {
    const message = rules.length
      ? "CORSResponse: This CORS request is not allowed. This is usually because the evalution of Origin, request method / Access-Control-Request-Method or Access-Control-Request-Headers are not whitelisted by the resource's CORS spec."
      : 'CORSResponse: CORS is not enabled for this bucket.';
    throw new S3Error('AccessForbidden', message, { Method: method, ResourceType: 'OBJECT' });
  }
  setHeaders(rule, origin, response);
  if (requested.length) response.setHeader('access-control-allow-headers', requested.join(', '));
  if (rule.MaxAge !== undefined) response.setHeader('access-control-max-age', rule.MaxAge);
  response.writeHead(200, { 'content-length': 0 }).end();
}

/** The first rule that allows it, as S3 takes the first and not the best. */
function findRule(
  rules: CorsRule[],
  origin: string,
  method: string,
  headers: string[],
): CorsRule | undefined {
  return rules.find(
    ({ AllowedOrigins, AllowedMethods, AllowedHeaders = [] }) =>
      AllowedOrigins.some((pattern) => matches(pattern, origin)) &&
      AllowedMethods.includes(method) &&
      headers.every((header) => AllowedHeaders.some((pattern) => matches(pattern.toLowerCase(), header))),
  );
}

/** A pattern has one `*` at most, which stands for anything. */
function matches(pattern: string, text: string): boolean {
  const [start = '', end] = pattern.split('*');
  if (end === undefined) return pattern === text;
  return text.length >= start.length + end.length && text.startsWith(start) && text.endsWith(end);
}

function setHeaders(rule: CorsRule, origin: string, response: ServerResponse): void {
  const anyone = rule.AllowedOrigins.includes('*');
  response.setHeader('access-control-allow-origin', anyone ? '*' : origin);
  if (!anyone) response.setHeader('access-control-allow-credentials', 'true');
  response.setHeader('access-control-allow-methods', rule.AllowedMethods.join(', '));
  if (rule.ExposedHeaders?.length)
    response.setHeader('access-control-expose-headers', rule.ExposedHeaders.join(', '));
  response.setHeader('vary', 'Origin, Access-Control-Request-Headers, Access-Control-Request-Method');
}
