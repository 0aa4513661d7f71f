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

/** Windows keeps these for devices, whatever their ending. */
const reserved = /^(con|prn|aux|nul|(com|lpt)\d)\./i;

/**
 * The name that a clip's file is saved by: its title, and after it what tells the file from the clip's others. Every
 * system takes it: Windows forbids colons, so that `0:10` is written `0.10`; for what else is forbidden there is a dash.
 */
export function savedFilename(title: string, suffix: string): string {
  const allowed = title
    .replace(/(?<=\d):(?=\d)/g, '.')
    .replace(unsafe, '')
    .replace(/[<>:"/\\|?*]+/g, '-')
    .replace(/^[. ]+/, '');
  const stem = firstBytes(allowed, limits.filenameBytes - suffix.length - '_'.length).replace(/[. ]+$/, '');
  const name = `${stem || 'clip'}${suffix}`;
  return reserved.test(name) ? `_${name}` : name;
}

/** As much of a text as fits, no character halved. */
function firstBytes(text: string, bytes: number): string {
  const fitting = new TextEncoder().encode(text).subarray(0, bytes);
  return new TextDecoder().decode(fitting, { stream: true });
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
