/** Characters, not bytes: at 4 bytes each still within the 255 that file systems take. */
const slugCharacters = 56;

/**
 * `2-0-10-a-fluent-passage`: the clip's place, then its title with letters and digits of any script kept.
 * Nothing in it can leave a folder, hide a file or need quoting.
 */
export function clipFilename(clipNumber: number, clipCount: number, title: string): string {
  const place = String(clipNumber).padStart(String(clipCount).length, '0');
  const words = title.normalize('NFC').match(/[\p{L}\p{M}\p{N}]+/gu) ?? [];
  const slug = [...words.join('-').toLowerCase()].slice(0, slugCharacters).join('').replace(/-$/, '');
  return slug === '' ? place : `${place}-${slug}`;
}
