const entities: Record<string, string> = {
  ...{ amp: '&', lt: '<', gt: '>', quot: '"', apos: "'", nbsp: '\u00A0', lrm: '\u200E', rlm: '\u200F' },
};

/** Tags of SubRip and WebVTT: `<i>`, `</c.loud>`, `<v Anna>`, `<00:12.500>`; and what SubRip took from ASS: `{\an8}`. */
const tags = /<\/?[a-zA-Z\d][^<>]*>|\{\\[^{}]*\}/g;

/** What can't be seen and may upset whoever shows it: control characters, but for the end of a line, and half characters. */
const controls = /(?!\n)[\p{Cc}\p{Cs}\p{Zl}\p{Zp}]/gu;

/** The words of a cue without its markup: no tags, no control characters, no empty lines. */
export function plainText(markup: string, { hasEntities }: { hasEntities: boolean }): string {
  const untagged = markup.replace(tags, '');
  return cleanText(hasEntities ? untagged.replace(/&(#?\w+);/g, readEntity) : untagged);
}

/** Text that is shown: no control characters, no empty lines, no blanks at the ends of a line. */
export function cleanText(text: string): string {
  return text
    .replace(/\r\n?/g, '\n')
    .replace(/\t/g, ' ')
    .replace(controls, '')
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '')
    .join('\n');
}

function readEntity(whole: string, name: string): string {
  if (!name.startsWith('#')) return entities[name] ?? whole;
  const code = /^#x/i.test(name) ? Number.parseInt(name.slice(2), 16) : Number(name.slice(1));
  return code > 0 && code <= 0x10ffff ? String.fromCodePoint(code) : whole;
}
