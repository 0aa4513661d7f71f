import { limits } from '../limits.ts';

// Control characters break headers and terminals; bidi ones make `gpj.exe` read as `exe.jpg`.
const unsafe = /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/gu;

/**
 * The name to keep of what a client called its file: NFC, without folders, control and bidi characters.
 * Undefined if nothing is left, or more than 255 bytes of UTF-8.
 */
export function cleanFilename(raw: string): string | undefined {
  const base = raw.slice(Math.max(raw.lastIndexOf('/'), raw.lastIndexOf('\\')) + 1);
  const name = base.normalize('NFC').replace(unsafe, '').trim();

  if (name === '' || name === '.' || name === '..') return undefined;
  return new TextEncoder().encode(name).length <= limits.filenameBytes ? name : undefined;
}

/** `attachment` with the name in both forms of RFC 6266: ASCII for old clients, UTF-8 for all others. */
export function contentDisposition(filename: string): string {
  // Half a character can't be encoded.
  const whole = filename.toWellFormed();
  const ascii = whole.replace(/[^\x20-\x7e]/g, '_').replace(/["\\%]/g, '_');
  const encoded = encodeURIComponent(whole).replace(
    /['()*]/g,
    (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`,
  );
  return `attachment; filename="${ascii}"; filename*=UTF-8''${encoded}`;
}
