import { el } from './dom.ts';
import { formatSize } from './format.ts';
import type { ClipFile, SegmentAnswer } from './wire-types.ts';

/** Links to all files of a clip; nothing where there are but its video and the poster. `show` takes fresh addresses. */
export function clipFiles({ id }: SegmentAnswer): { element: HTMLElement; show(files: ClipFile[]): void } {
  const list = el('ul', {});
  const element = el(
    'details',
    { className: 'clip-files', hidden: true },
    el('summary', {}, 'All files'),
    list,
  );
  return {
    element,
    show(files) {
      element.hidden = files.length <= 2;
      list.replaceChildren(...files.map((file) => el('li', {}, fileLink(file, id))));
    },
  };
}

function fileLink(file: ClipFile, id: number): HTMLElement {
  const words = `${fileWords(file)} · ${formatSize(file.size)}`;
  return el('a', { href: file.download_url, 'aria-label': `${words}, of clip ${id}` }, words);
}

const shapeWords = { source: 'as recorded', vertical: 'upright', square: 'square' } as const;
const fitWords = { blur: 'blurred edges', crop: 'cut off', pad: 'black bars' } as const;

/** `Video, upright, blurred edges, 1080 × 1920`; `Captions, SRT`. */
export function fileWords({ kind, format, shape, fit, width, height }: ClipFile): string {
  if (kind === 'captions') return `Captions, ${format.toUpperCase()}`;
  const size = width && height ? `${width} × ${height}` : undefined;
  const words = [
    kind === 'video' ? 'Video' : 'Poster',
    shape && shapeWords[shape],
    fit && fitWords[fit],
    size,
  ];
  return words.filter(Boolean).join(', ');
}
