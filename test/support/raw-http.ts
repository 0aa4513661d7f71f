import { connect } from 'node:net';

/**
 * One request over a bare socket, by a client that reads nothing until all is sent, and what came back.
 * `stopAfter` breaks the connection off after so many bytes of the body, once `breakOff` resolves.
 */
export function exchange(
  url: string,
  requestLine: string,
  headers: Record<string, string>,
  body: Buffer,
  {
    stopAfter = body.length,
    breakOff = async () => {},
  }: { stopAfter?: number; breakOff?: () => Promise<void> } = {},
): Promise<string> {
  const { hostname, port, host } = new URL(url);
  const all = { host, connection: 'close', 'content-length': String(body.length), ...headers };
  const head = [requestLine, ...Object.entries(all).map(([name, value]) => `${name}: ${value}`), '', ''].join(
    '\r\n',
  );
  return new Promise((resolve, reject) => {
    let answer = '';
    const socket = connect(Number(port), hostname);
    socket.pause();
    socket.write(head);
    socket.write(body.subarray(0, stopAfter), () => {
      if (stopAfter < body.length) breakOff().then(() => socket.destroy(), reject);
      else socket.resume();
    });
    socket.on('data', (chunk) => {
      answer += chunk.toString();
    });
    socket.on('error', reject);
    socket.on('close', () => resolve(answer));
  });
}
