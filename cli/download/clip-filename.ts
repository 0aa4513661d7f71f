import { parse } from 'node:path';

/** Characters, not bytes: two of these at 4 bytes each stay within the 255 that file systems take. */
const slugCharacters = 28;

/**
 * `talk-2-0.10-a-fluent-passage`: the recording, the clip's place, its title; letters and digits of any script kept.
 * Nothing in it can leave a folder, hide a file or need quoting, nor is there a colon, which Windows forbids.
 */
export function clipFilename(file: string, clipNumber: number, clipCount: number, title: string): string {
  const place = slug(String(clipNumber)).padStart(String(clipCount).length, '0');
  return [slug(parse(file).name), place, slug(title)].filter((part) => part !== '').join('-');
}

/** Letters and digits only, and dashes between them; within numbers and times, dots. */
export function slug(text: string): string {
  const words = text.normalize('NFC').match(/[\p{L}\p{M}\p{N}]+(?:(?<=\d)[.:]\d+)*/gu) ?? [];
  const joined = words.join('-').replaceAll(':', '.').toLowerCase();
  return [...joined].slice(0, slugCharacters).join('').replace(/[-.]$/, '');
}
