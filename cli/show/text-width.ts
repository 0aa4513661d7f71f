const graphemes = new Intl.Segmenter(undefined, { granularity: 'grapheme' });
/** Characters that terminals draw over two columns. */
const wide =
  /[\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6\u{20000}-\u{3fffd}]|\p{Emoji_Presentation}|\ufe0f/u;

/** How many columns of a terminal the text takes. */
export function textWidth(text: string): number {
  let columns = 0;
  for (const { segment } of graphemes.segment(text)) columns += graphemeWidth(segment);
  return columns;
}

/** The text, or as much of it as fits, with an ellipsis. */
export function fitted(text: string, columns: number): string {
  if (textWidth(text) <= columns) return text;
  let kept = '';
  let width = 1; // of the ellipsis
  for (const { segment } of graphemes.segment(text)) {
    width += graphemeWidth(segment);
    if (width > columns) break;
    kept += segment;
  }
  return columns > 0 ? `${kept}…` : '';
}

/** The text in exactly so many columns. */
export function padded(text: string, columns: number): string {
  const fitting = fitted(text, columns);
  return fitting + ' '.repeat(columns - textWidth(fitting));
}

const steering = /[\p{Cc}\u2028\u2029\u200e\u200f\u202a-\u202e\u2066-\u2069]/u.source;
const steerings = new RegExp(`${steering}+`, 'gu');
const steeringWithinLines = new RegExp(`(?!\\n)${steering}`, 'gu');

/** What others wrote (titles, file names), unable to steer the terminal: no controls, nothing that turns its direction. */
export function plain(text: string): string {
  return text.replace(steerings, ' ').trim();
}

/** The same for whole texts, which keep their lines and indents: whatever is written goes through here last. */
export function plainLines(text: string): string {
  return text.replace(steeringWithinLines, ' ');
}

function graphemeWidth(grapheme: string): number {
  return wide.test(grapheme) ? 2 : 1;
}
