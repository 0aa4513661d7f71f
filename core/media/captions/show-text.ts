import { cleanText } from './plain-text.ts';
import type { Font } from './read-font.ts';

/** Marks that shape what stands beside them and need no picture of their own. */
const invisible = /\p{Default_Ignorable_Code_Point}/u;

/** Text as a font can show it; `missing`: the characters that it can't, each once, which are left out. */
export function showText(text: string, font: Pick<Font, 'has'>): { text: string; missing: string[] } {
  const missing = new Set<string>();
  const shown = [...cleanText(text)].filter((character) => {
    if (character === '\n' || invisible.test(character) || font.has(character.codePointAt(0)!)) return true;
    missing.add(character);
    return false;
  });
  const kept = shown.join('');
  // No two blanks where something between them was left out.
  return { text: cleanText(missing.size > 0 ? kept.replace(/ {2,}/g, ' ') : kept), missing: [...missing] };
}
