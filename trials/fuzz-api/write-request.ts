import { randomBytes } from 'node:crypto';
import type { RequestPlan } from './make-request.ts';

/** A request as it goes over the wire. */
export interface WireRequest {
  method: string;
  /** With the query. */
  path: string;
  headers: Record<string, string | string[]>;
  body?: Buffer;
  /** Whether the route is still the one that was meant, so that its part of the document holds for the answer. */
  isToRoute: boolean;
}

const formTypes = 'multipart/form-data';
const otherMethods = ['PUT', 'PATCH', 'HEAD', 'OPTIONS', 'TRACE', 'PROPFIND', 'DELETE', 'GET', 'POST'];
const pathTricks = [
  (path: string) => `${path}/..`,
  (path: string) => `/${path}`,
  (path: string) => `${path}//`,
  (path: string) => path.replace('/api/', '/api/./'),
  (path: string) => path.replace('/api/', '/api/%2e%2e/api/'),
  (path: string) => `${path}%00`,
  (path: string) => path.toUpperCase(),
  (path: string) => `${path};a=b`,
  (path: string) => path.replaceAll('/', '%2F').replace('%2F', '/'),
  (path: string) => `${path}/%`,
  (path: string) => `${path}/${'a'.repeat(3000)}`,
  () => '/api/',
  () => '/api//evil.example/',
  () => '/api/jobs/%0d%0aSet-Cookie:a',
];
const odds = {
  'odd query': [
    '?',
    '?&&=&',
    '?%',
    '?limit',
    '?limit=%00',
    '?a=1&a=2',
    '?limit[]=1',
    '?__proto__=1',
    '?cursor=%ff',
  ],
  'odd headers': [
    'content-type',
    'accept',
    'content-encoding',
    'x-forwarded-for',
    'cookie',
    'origin',
    'range',
  ],
} as const;

/** `number` chooses among the variants of what is malformed: the same number, the same bytes but for boundaries. */
export function writeRequest(plan: RequestPlan, token: string, number: number): WireRequest {
  const { operation, malformation: how } = plan;
  const pick = <T>(all: readonly T[]): T => all[number % all.length] as T;
  const path = pathOf(plan);
  const query = queryOf(plan);
  const { type, bytes } = bodyOf(plan);
  const request: WireRequest = {
    method: operation.method,
    path: path + query,
    headers: {
      ...(type && { 'content-type': type }),
      ...(plan.as !== 'nobody' && { authorization: `Bearer ${plan.as === 'forged' ? forge(token) : token}` }),
    },
    body: bytes,
    isToRoute: true,
  };
  const withBody = (body: Buffer, contentType = type): WireRequest => ({
    ...request,
    body,
    headers: { ...request.headers, ...(contentType && { 'content-type': contentType }) },
  });

  switch (how) {
    case 'none':
      return request;
    case 'broken json':
      return withBody((bytes ?? Buffer.from('{')).subarray(0, -1));
    case 'wrong type':
      return withBody(
        bytes ?? Buffer.from('x'),
        pick(['text/plain', 'application/xml', 'multipart/form-data', 'a', ';']),
      );
    case 'no type': {
      const { 'content-type': _, ...headers } = request.headers;
      return { ...request, headers };
    }
    case 'empty body':
      return { ...request, body: Buffer.alloc(0) };
    case 'huge body':
      return withBody(
        Buffer.alloc(pick([300e3, 1e6, 5e6, 7e6, 11e6]), pick(['[', '"', ' ', '\0'])),
        type ?? 'application/json',
      );
    case 'other encoding':
      return withBody(
        Buffer.from((bytes ?? Buffer.from('{}')).toString(), pick(['utf16le', 'latin1'])),
        `${type ?? 'application/json'}; charset=utf-16`,
      );
    case 'binary body':
      return withBody(
        randomBytes(1000),
        pick(['application/json', 'application/octet-stream', `${formTypes}; boundary=x`]),
      );
    case 'query twice':
      return { ...request, path: `${path}${query}${query === '' ? '?' : '&'}${query.slice(1)}` };
    case 'odd query':
      return { ...request, path: path + pick(odds['odd query']) };
    case 'odd headers':
      return {
        ...request,
        headers: {
          ...request.headers,
          [pick(odds['odd headers'])]: pick(['', 'x'.repeat(4000), '\xff\xfe', 'gzip', 'a, b;q=0', 'null']),
        },
      };
    case 'path tricks':
      return { ...request, path: pick(pathTricks)(path) + query, isToRoute: false };
    case 'other method':
      return { ...request, method: pick(otherMethods), isToRoute: false };
    case 'chunked':
      return { ...request, headers: { ...request.headers, 'transfer-encoding': 'chunked' } };
    default:
      return how satisfies never;
  }
}

function pathOf({ operation, path, slash }: RequestPlan): string {
  const filled = operation.path.replace(/\{(\w+)\}/g, (_, name) => asText(path[name] ?? 'x') || 'x');
  return slash ? `${filled}/` : filled;
}

function queryOf({ query }: RequestPlan): string {
  const pairs = Object.entries(query).flatMap(([name, value]) =>
    typeof value === 'object' && value !== null
      ? Object.entries(value).map(([member, content]) => `${asText(`${name}[${member}]`)}=${asText(content)}`)
      : [`${asText(name)}=${asText(value)}`],
  );
  return pairs.length > 0 ? `?${pairs.join('&')}` : '';
}

/** As it stands in a path or a query: what is no text as JSON. */
function asText(value: unknown): string {
  const text = typeof value === 'string' ? value : JSON.stringify(value);
  return encodeURIComponent((text ?? '').toWellFormed());
}

function bodyOf({ operation, body }: RequestPlan): { type?: string; bytes?: Buffer } {
  if (!operation.body || body === undefined) return {};
  if (operation.body.type !== formTypes)
    return { type: operation.body.type, bytes: Buffer.from(JSON.stringify(body)) };

  const boundary = `----${randomBytes(8).toString('hex')}`;
  const parts = Object.entries(body as object).map(([name, value]) => {
    const text = typeof value === 'string' ? value : JSON.stringify(value);
    const file = name === 'media_file' ? '; filename="kanarienvogel.mp4"\r\ncontent-type: video/mp4' : '';
    return `--${boundary}\r\ncontent-disposition: form-data; name="${name}"${file}\r\n\r\n${text}\r\n`;
  });
  return {
    type: `${formTypes}; boundary=${boundary}`,
    bytes: Buffer.from(`${parts.join('')}--${boundary}--\r\n`),
  };
}

/** The same token with another signature. */
function forge(token: string): string {
  return `${token.slice(0, token.lastIndexOf('.') + 1)}${'A'.repeat(86)}`;
}
