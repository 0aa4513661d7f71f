import { readFile } from 'node:fs/promises';
import { basename } from 'node:path';
import type { Watermark } from '../api/wire-types.ts';
import { BadUsage } from '../bad-usage.ts';
import { openLocalFile } from './local-file.ts';

/** What the service takes. */
const mostBytes = 256 * 1024;
const signature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);

/** An image as the service takes it, which looks at it more closely. Throws BadUsage. */
export async function readWatermark(path: string): Promise<Watermark> {
  const { sizeBytes } = await openLocalFile(path);
  if (sizeBytes > mostBytes) {
    throw new BadUsage(
      `--watermark takes at most 256 KiB (${mostBytes} bytes); ${basename(path)} has ${sizeBytes} bytes.`,
    );
  }
  const bytes = await readFile(path);
  if (!bytes.subarray(0, signature.length).equals(signature)) {
    throw new BadUsage(`--watermark takes a PNG, which ${basename(path)} is not.`);
  }
  return { format: 'png', base64: bytes.toString('base64') };
}
