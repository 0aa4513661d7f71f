import type { Draft } from './settings.ts';

/** What a chosen file of captions says. What it is, its name tells; SRT knows no one encoding, so that is guessed. */
export async function readCaptions(file: File): Promise<NonNullable<Draft['captions']>> {
  const format = file.name.split('.').at(-1)?.toLowerCase() ?? '';
  return { format, text: decode(new Uint8Array(await file.arrayBuffer())) };
}

/** What is not UTF-8 is UTF-16 if it says so, else what old editors on Windows write. */
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
