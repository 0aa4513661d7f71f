import { once } from 'node:events';
import { type AddressInfo, connect, createServer } from 'node:net';

/** Passes connections on to a server on this machine, but breaks the first ones off after their first bytes. */
export async function breakingProxy(targetUrl: string, breaks: number) {
  const { port } = new URL(targetUrl);
  let broken = 0;
  const server = createServer((socket) => {
    socket.on('error', () => undefined);
    if (broken < breaks) {
      broken += 1;
      socket.once('data', () => socket.destroy());
      return;
    }
    const target = connect(Number(port), '127.0.0.1');
    target.on('error', () => socket.destroy());
    socket.pipe(target).pipe(socket);
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');

  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    broken: () => broken,
    stop: () => server.close(),
  };
}
