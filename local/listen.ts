import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface Front {
  /** `http://127.0.0.1:8600` */
  url: string;
  /** Requests that came before wait for it. */
  serve(listener: RequestListener): void;
  stop(): Promise<void>;
}

/** Takes a port (0: any), before it is known what will answer there: functions have to know the address. */
export async function listen(port: number): Promise<Front> {
  const { promise: listener, resolve: serve } = Promise.withResolvers<RequestListener>();
  const server = createServer(async (request, response) => (await listener)(request, response));
  // Longer than clients keep idle connections: none of theirs is closed under a request.
  server.keepAliveTimeout = 60_000;
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject).listen(port, '127.0.0.1', resolve);
  });
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    serve,
    stop() {
      server.closeAllConnections();
      return new Promise((resolve) => server.close(() => resolve()));
    },
  };
}
