import { randomBytes } from 'node:crypto';
import { closeSync, copyFileSync, fstatSync, ftruncateSync, openSync, writeSync } from 'node:fs';
import { join } from 'node:path';

const talk = join(import.meta.dirname, '../media/fixtures/talk.mp4');
const mib = 1024 ** 2;

/**
 * Makes a playable recording of any size: a short one, and behind it a box that players skip. The box has holes, so that
 * gigabytes take no room on the disk, but some bytes of its own in each MiB, so that no part is like another.
 */
export function largeRecording(path: string, sizeBytes: number): string {
  copyFileSync(talk, path);
  const file = openSync(path, 'r+');
  try {
    const { size: start } = fstatSync(file);
    const header = Buffer.alloc(16);
    header.writeUInt32BE(1, 0); // the length comes as 64 bits
    header.write('free', 4);
    header.writeBigUInt64BE(BigInt(sizeBytes - start), 8);
    writeSync(file, header, 0, header.length, start);
    ftruncateSync(file, sizeBytes);
    for (let at = start + header.length; at + 64 <= sizeBytes; at += mib)
      writeSync(file, randomBytes(64), 0, 64, at);
  } finally {
    closeSync(file);
  }
  return path;
}
