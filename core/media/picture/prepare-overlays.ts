import { copyFile, mkdir, readFile, writeFile } from 'node:fs/promises';
import { extname, join } from 'node:path';
import { assDocument } from '../captions/ass-document.ts';
import { type Font, readFont } from '../captions/read-font.ts';
import { showText } from '../captions/show-text.ts';
import type { ClipLook, Watermark } from '../clip/clip-look.ts';
import type { ClipSpan } from '../clip/clip-span.ts';
import { outputSize } from '../clip/output-size.ts';
import type { Tools } from '../ffmpeg/tools.ts';
import type { SourceFacts } from '../types.ts';
import { type Overlays, topTaken } from './overlay-filters.ts';

const fontsFolder = 'fonts';

interface Wanted {
  facts: SourceFacts;
  span: ClipSpan;
  look: ClipLook;
}

/** Puts what is drawn over a clip's pictures into the folder that ffmpeg runs in. `notes` tells what can't be. */
export async function prepareOverlays(
  tools: Tools,
  { facts, span, look }: Wanted,
  folder: string,
  signal: AbortSignal,
): Promise<{ overlays: Overlays; notes: string[] }> {
  const { outputs, captions = [], watermark } = look;
  const title = facts.video ? undefined : look.title;
  const overlays = { watermark: watermark && (await placeWatermark(watermark, folder)) };
  if (!title && captions.length === 0) return { overlays, notes: [] };
  if (!tools.fontPath || !(await tools.writesText(signal))) {
    return {
      overlays,
      notes: ['No title or captions are drawn: there is no font, or no libass in this ffmpeg.'],
    };
  }

  const font = readFont(await readFile(tools.fontPath));
  const words = wordsIn(font, title, captions);
  await mkdir(join(folder, fontsFolder), { recursive: true });
  await copyFile(tools.fontPath, join(folder, fontsFolder, `font${extname(tools.fontPath)}`));
  const files = outputs.map((_, n) => `words-${n}.ass`);
  for (const [n, { shape }] of outputs.entries()) {
    const size = outputSize(facts, shape);
    const { durationSeconds } = span;
    const topPixels = topTaken(size, overlays);
    const document = assDocument({ size, fontName: font.family, durationSeconds, topPixels, ...words });
    await writeFile(join(folder, files[n]!), document);
  }
  return { overlays: { ...overlays, text: { files, fontsFolder } }, notes: words.notes };
}

async function placeWatermark(
  { picture, position }: Watermark,
  folder: string,
): Promise<NonNullable<Overlays['watermark']>> {
  const { png, ...size } = picture;
  const file = 'watermark.png';
  await writeFile(join(folder, file), png);
  return { file, size, position };
}

/** What the font can show of the words. */
function wordsIn(font: Font, title: string | undefined, captions: NonNullable<ClipLook['captions']>) {
  const shownTitle = showText(title ?? '', font);
  const shown = captions.map((cue) => ({ ...cue, ...showText(cue.text, font) }));
  const missing = [...new Set([...shownTitle.missing, ...shown.flatMap((cue) => cue.missing)])];
  return {
    title: shownTitle.text,
    cues: shown.filter(({ text }) => text !== ''),
    notes:
      missing.length > 0
        ? [`The font has no picture for these characters, they are left out: ${list(missing)}`]
        : [],
  };
}

/** `☃ (U+2603), …`, not too long. */
function list(characters: string[]): string {
  const named = characters
    .slice(0, 10)
    .map((one) => `${one} (U+${one.codePointAt(0)!.toString(16).toUpperCase().padStart(4, '0')})`);
  const more = characters.length - named.length;
  return named.join(', ') + (more > 0 ? ` and ${more} more` : '');
}
