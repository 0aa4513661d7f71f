export interface HttpAnswer {
  statusCode: number;
  /** Lower-case names. */
  headers: Record<string, string | string[]>;
  body: Buffer;
}

/** A connection's own business, which API Gateway does not let a function decide. */
const hopByHop = new Set(['connection', 'content-length', 'keep-alive', 'transfer-encoding', 'upgrade']);

/**
 * The HTTP answer for what a function returned: payload format 2.0, where anything without a `statusCode` is the body
 * of a 200. Throws for a `statusCode` that is none.
 */
export function functionAnswer(returned: unknown): HttpAnswer {
  const answer = returned as FormatTwo | null | undefined;
  if (typeof answer !== 'object' || answer?.statusCode === undefined) {
    const body = typeof returned === 'string' ? returned : JSON.stringify(returned ?? null);
    return { statusCode: 200, headers: { 'content-type': 'application/json' }, body: Buffer.from(body) };
  }

  const { headers = {}, cookies = [], body = '', isBase64Encoded = false } = answer;
  const statusCode = Number(answer.statusCode);
  if (!(statusCode >= 200 && statusCode <= 599))
    throw new TypeError(`${answer.statusCode} is no status code`);
  const own = Object.entries(headers)
    .map(([name, value]) => [name.toLowerCase(), String(value)] as const)
    .filter(([name]) => !hopByHop.has(name));
  return {
    statusCode,
    headers: {
      'content-type': 'text/plain;charset=UTF-8',
      ...Object.fromEntries(own),
      ...(cookies.length > 0 && { 'set-cookie': cookies }),
    },
    body: Buffer.from(
      typeof body === 'string' ? body : JSON.stringify(body),
      isBase64Encoded ? 'base64' : 'utf8',
    ),
  };
}

interface FormatTwo {
  statusCode?: number | string;
  headers?: Record<string, string | number | boolean>;
  cookies?: string[];
  body?: unknown;
  isBase64Encoded?: boolean;
}

/** An answer of API Gateway itself. */
export const gatewayAnswer = (statusCode: number, message: string): HttpAnswer => ({
  statusCode,
  headers: { 'content-type': 'application/json' },
  body: Buffer.from(JSON.stringify({ message })),
});
