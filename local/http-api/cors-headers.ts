import type { IncomingHttpHeaders } from 'node:http';
import type { CorsConfiguration } from './api-definition.ts';

const listed = (allowed: string[] = [], value: string) =>
  allowed.some((each) => each === '*' || each.toLowerCase() === value.toLowerCase());

/** A browser asks what it may send. API Gateway answers that by itself once CORS is configured. */
export const isPreflight = (method: string, headers: IncomingHttpHeaders): boolean =>
  method === 'OPTIONS' &&
  headers.origin !== undefined &&
  headers['access-control-request-method'] !== undefined;

/** The CORS headers for an origin: none where the configuration does not allow it. */
export function corsHeaders(cors: CorsConfiguration, headers: IncomingHttpHeaders): Record<string, string> {
  const { origin } = headers;
  if (origin === undefined || !listed(cors.AllowOrigins, origin)) return {};
  return {
    'access-control-allow-origin': cors.AllowOrigins?.includes('*') ? '*' : origin,
    ...(!cors.AllowOrigins?.includes('*') && { vary: 'origin' }),
    ...(cors.AllowCredentials && { 'access-control-allow-credentials': 'true' }),
    ...(cors.ExposeHeaders?.length && { 'access-control-expose-headers': cors.ExposeHeaders.join(',') }),
  };
}

/** What else a preflight is told. */
export function preflightHeaders(
  cors: CorsConfiguration,
  headers: IncomingHttpHeaders,
): Record<string, string> {
  const allowed = corsHeaders(cors, headers);
  if (Object.keys(allowed).length === 0) return {};
  return {
    ...allowed,
    ...(cors.AllowMethods?.length && { 'access-control-allow-methods': cors.AllowMethods.join(',') }),
    ...(cors.AllowHeaders?.length && { 'access-control-allow-headers': cors.AllowHeaders.join(',') }),
    ...(cors.MaxAge !== undefined && { 'access-control-max-age': String(cors.MaxAge) }),
  };
}
