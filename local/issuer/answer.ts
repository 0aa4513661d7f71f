import type { ServerResponse } from 'node:http';

export interface Answer {
  statusCode: number;
  headers: Record<string, string>;
  body: string;
}

/** Nothing of an issuer is kept anywhere, framed, or told to the next site. */
const common = {
  'cache-control': 'no-store',
  'referrer-policy': 'no-referrer',
  'content-security-policy': "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'",
};

export const json = (statusCode: number, value: unknown): Answer => ({
  statusCode,
  headers: { ...common, 'content-type': 'application/json' },
  body: JSON.stringify(value),
});

export const html = (statusCode: number, body: string): Answer => ({
  statusCode,
  headers: { ...common, 'content-type': 'text/html;charset=UTF-8' },
  body,
});

export function send(response: ServerResponse, { statusCode, headers, body }: Answer): void {
  response.writeHead(statusCode, { ...headers, 'content-length': Buffer.byteLength(body) }).end(body);
}

/** To this address, with these parameters where they are given. */
export function redirect(
  address: string,
  parameters: Record<string, string | null | undefined> = {},
): Answer {
  const location = new URL(address);
  for (const [name, value] of Object.entries(parameters)) {
    if (value !== null && value !== undefined) location.searchParams.set(name, value);
  }
  return { statusCode: 303, headers: { ...common, location: location.href }, body: '' };
}
