import { once } from 'node:events';
import { createReadStream, statSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { pipeline } from 'node:stream/promises';

/** A file over plain HTTP on loopback. */
export async function serveDownload(path: string): Promise<AsyncDisposable & { url: string }> {
  const { size: sizeBytes } = statSync(path);
  const server = createServer((_request, response) => {
    response.writeHead(200, { 'content-length': sizeBytes });
    // Who hangs up needs no rest.
    pipeline(createReadStream(path, { highWaterMark: 2 ** 20 }), response).catch(() => {});
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}
