import { byId } from './dom.ts';

/** Says something to those who can't see it change. Once: the same words again are no news. */
export function announce(words: string): void {
  const announcer = byId('announcer');
  if (announcer.textContent !== words) announcer.textContent = words;
}
