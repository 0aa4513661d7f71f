import { randomUUID } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import type { Distribution } from './distribution.ts';
import type { EdgeRequest, ViewerRequestEvent } from './edge-function.ts';

/** The event of a viewer's request. Names of headers are lower-case, values as they were sent. */
export function viewerRequestEvent(
  { id, domainName }: Pick<Distribution, 'id' | 'domainName'>,
  request: IncomingMessage,
): ViewerRequestEvent {
  const [uri = '/', query = ''] = (request.url ?? '/').split(/\?(.*)/s, 2);
  const { cookie = '', ...headers } = request.headers;
  return {
    version: '1.0',
    context: {
      distributionDomainName: domainName,
      distributionId: id,
      eventType: 'viewer-request',
      requestId: randomUUID(),
    },
    viewer: { ip: request.socket.remoteAddress ?? '127.0.0.1' },
    request: {
      method: request.method ?? 'GET',
      uri,
      querystring: values(pairs(query, '&')),
      headers: values(
        Object.entries(headers).map(([name, value]): [string, string] => [name, [value].flat().join(',')]),
      ),
      cookies: values(pairs(cookie, '; ')),
    },
  };
}

/** `a=1&b` → `[['a', '1'], ['b', '']]`: nothing is decoded. */
function pairs(text: string, separator: string): [string, string][] {
  return text
    .split(separator)
    .filter((pair) => pair !== '')
    .map((pair) => {
      const [name = '', value = ''] = pair.split(/=(.*)/s, 2);
      return [name, value];
    });
}

/** A name that comes more than once has its last value, and all of them in `multiValue`. */
function values(entries: [string, string][]): EdgeRequest['querystring'] {
  const byName = Map.groupBy(entries, ([name]) => name);
  return Object.fromEntries(
    [...byName].map(([name, same]) => {
      const multiValue = same.map(([, value]) => ({ value }));
      return [name, { ...multiValue.at(-1)!, ...(multiValue.length > 1 && { multiValue }) }];
    }),
  );
}
