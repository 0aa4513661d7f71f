/** Scripts that set no blanks between words. */
const unspaced =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}]/u;

/** Two pieces of text as their script joins them. */
export function joinWords(before: string, after: string): string {
  if (before === '') return after;
  const lastCharacter = [...before.slice(-2)].at(-1) ?? '';
  const touching = unspaced.test(lastCharacter) || /[、。！？]$/u.test(before);
  return touching && unspaced.test([...after.slice(0, 2)][0] ?? '') ? before + after : `${before} ${after}`;
}
