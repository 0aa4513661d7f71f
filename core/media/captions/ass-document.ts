import type { PictureSize } from '../clip/clip-size.ts';
import type { Cue } from './cue.ts';

export interface AssWishes {
  size: PictureSize;
  fontName: string;
  cues?: readonly Cue[];
  /** Shown at the top from start to end. */
  title?: string;
  /** Kept free by the title. */
  topPixels?: number;
  durationSeconds: number;
}

/**
 * What libass draws over a picture, in Advanced SubStation Alpha. Sizes go by the picture's shorter side, so that a
 * phone held upright shows words as large as one held across.
 */
export function assDocument({
  size,
  fontName,
  cues = [],
  title,
  topPixels = 0,
  durationSeconds,
}: AssWishes): string {
  const { widthPixels, heightPixels } = size;
  const unit = Math.min(widthPixels, heightPixels) / 100;
  const isTall = heightPixels > widthPixels;
  const sideMargin = Math.round(widthPixels * 0.08);
  const style = (name: string, fontSize: number, alignment: number, marginVertical: number) =>
    `Style: ${name},${fontName},${Math.round(fontSize)},&H00FFFFFF,&H00FFFFFF,&H00000000,&H00000000,` +
    `-1,0,0,0,100,100,0,0,1,${(fontSize / 12).toFixed(1)},0,${alignment},` +
    `${sideMargin},${sideMargin},${Math.round(marginVertical)},1`;
  const event = (name: string, start: number, end: number, text: string) =>
    `Dialogue: 0,${clock(start)},${clock(end)},${name},,0,0,0,,${escapeText(text)}`;
  return [
    '[Script Info]',
    'ScriptType: v4.00+',
    `PlayResX: ${widthPixels}`,
    `PlayResY: ${heightPixels}`,
    // Lines of about the same length.
    'WrapStyle: 0',
    'ScaledBorderAndShadow: yes',
    '',
    '[V4+ Styles]',
    'Format: Name, Fontname, Fontsize, PrimaryColour, SecondaryColour, OutlineColour, BackColour, Bold, Italic, ' +
      'Underline, StrikeOut, ScaleX, ScaleY, Spacing, Angle, BorderStyle, Outline, Shadow, Alignment, MarginL, ' +
      'MarginR, MarginV, Encoding',
    // Below, but in a tall picture over what apps lay upon its lowest fifth.
    style('Caption', unit * 6.5, 2, heightPixels * (isTall ? 0.22 : 0.06)),
    style('Title', unit * 6, 8, Math.max(topPixels, heightPixels * (isTall ? 0.15 : 0.08))),
    '',
    '[Events]',
    'Format: Layer, Start, End, Style, Name, MarginL, MarginR, MarginV, Effect, Text',
    ...(title ? [event('Title', 0, durationSeconds + 1, title)] : []),
    ...cues.map(({ startSeconds, endSeconds, text }) => event('Caption', startSeconds, endSeconds, text)),
    '',
  ].join('\n');
}

/**
 * Words can't become commands: braces begin them, and a backslash does within words. Old versions of libass know no
 * escape for a backslash, so it's shown by the sign that looks the same.
 */
function escapeText(text: string): string {
  return text
    .replaceAll('\\', '\u2216')
    .replaceAll('{', '\\{')
    .replaceAll('}', '\\}')
    .replaceAll('\n', '\\N');
}

/** `0:01:02.35` */
function clock(seconds: number): string {
  const centiseconds = Math.round(seconds * 100);
  const two = (value: number) => String(Math.floor(value) % 60).padStart(2, '0');
  const rest = String(centiseconds % 100).padStart(2, '0');
  return `${Math.floor(centiseconds / 360_000)}:${two(centiseconds / 6000)}:${two(centiseconds / 100)}.${rest}`;
}
