import { readFile } from 'node:fs/promises';
import { basename } from 'node:path';
import type { CaptionsFile } from '../api/wire-types.ts';
import { BadUsage } from '../bad-usage.ts';
import { openLocalFile } from './local-file.ts';

/** What the service takes, as UTF-8. */
const mostBytes = 1_000_000;

/** Captions as the service takes them, by the ending of the file's name. Throws BadUsage. */
export async function readCaptions(path: string): Promise<CaptionsFile> {
  const ending = /\.(srt|vtt)$/i.exec(path)?.[1]?.toLowerCase();
  if (!ending)
    throw new BadUsage(`--captions takes a file that ends in .srt or .vtt, not ${basename(path)}.`);
  await openLocalFile(path);
  const text = decode(await readFile(path));
  if (Buffer.byteLength(text) > mostBytes) {
    throw new BadUsage(`--captions takes at most ${mostBytes} bytes; ${basename(path)} has more.`);
  }
  return { format: ending as CaptionsFile['format'], text };
}

/** SRT knows no one encoding: what is not UTF-8 is UTF-16 if it says so, else what old editors on Windows write. */
function decode(bytes: Uint8Array): string {
  const [first, second] = bytes;
  if (first === 0xff && second === 0xfe) return new TextDecoder('utf-16le').decode(bytes);
  if (first === 0xfe && second === 0xff) return new TextDecoder('utf-16be').decode(bytes);
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return new TextDecoder('windows-1252').decode(bytes);
  }
}
