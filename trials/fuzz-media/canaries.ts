import { once } from 'node:events';
import { readFileSync, writeFileSync } from 'node:fs';
import { type AddressInfo, createServer, type Socket } from 'node:net';
import { join } from 'node:path';
import { runFfmpegHere } from '../../test/support/ffmpeg-here.ts';
import type { Bait } from './hostile-file.ts';

/** Words that are in no file but ours. */
export const secretWords = 'CANARY-8f1c4e-THESE-WORDS-ARE-NOBODYS-BUSINESS';

/** Of a colour and a tone that no other file of the trial has. */
export const secretColour = { name: '0xFF00FF', u: 208, v: 226 };
export const secretToneHz = 3137;

export interface Canaries extends AsyncDisposable {
  bait: Bait;
  /** Connections that were made to the bait's port until now. */
  connections(): number;
}

/** Lays out what nobody may touch: files beside the uploads, and a server that counts who calls. */
export async function layCanaries(folder: string): Promise<Canaries> {
  const textPath = join(folder, 'secret.txt');
  writeFileSync(textPath, `${secretWords}\n`.repeat(200));
  const mediaPath = join(folder, 'secret.ts');
  const soundPath = join(folder, 'secret.wav');
  runFfmpegHere('-f', 'lavfi', '-i', `sine=f=${secretToneHz}:r=48000`, '-t', '20', soundPath);
  runFfmpegHere(
    ...['-f', 'lavfi', '-i', `color=${secretColour.name}:s=160x90:r=25`],
    ...['-f', 'lavfi', '-i', `sine=f=${secretToneHz}:r=48000`, '-t', '5'],
    ...['-c:v', 'libx264', '-preset', 'ultrafast', '-pix_fmt', 'yuv420p', '-c:a', 'aac', mediaPath],
  );

  const media = readFileSync(mediaPath);
  const sockets = new Set<Socket>();
  let connections = 0;
  // It serves what was asked: a file that gets through shall be seen in the clips, too.
  const server = createServer((socket) => {
    connections += 1;
    sockets.add(socket);
    socket.on('error', () => {}).on('close', () => sockets.delete(socket));
    socket.once('data', () => {
      socket.write(`HTTP/1.1 200 OK\r\nContent-Length: ${media.length}\r\nConnection: close\r\n\r\n`);
      socket.end(media);
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;

  return {
    bait: {
      mediaPath,
      soundPath,
      textPath,
      host: '127.0.0.1',
      port,
      mediaUrl: `http://127.0.0.1:${port}/secret.ts`,
    },
    connections: () => connections,
    async [Symbol.asyncDispose]() {
      for (const socket of sockets) socket.destroy();
      server.close();
      await once(server, 'close');
    },
  };
}
