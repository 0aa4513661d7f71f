import type { Row } from './progress-rows.ts';
import { fitted, padded } from './text-width.ts';

/** On wide terminals, on usual ones (where the detail needs the room), and the least that still tells something. */
const bars = { wide: 24, usual: 10, least: 8 };
const wideColumns = 100;
const widestLabel = 24;
const figureWidth = 6;
/** On narrower terminals labels and figures have all the room. */
const roomForBar = 30;

/** A row as one line of at most so many columns: what tells least gives way first, the bar before the figure. */
export function progressBar(
  { label, percent, state, detail }: Row,
  columns: number,
  paint: Paint = (text) => text,
): string {
  const labelWidth = Math.min(
    widestLabel,
    columns - figureWidth - (columns < roomForBar ? 0 : bars.least + 1),
  );
  const left = columns - labelWidth - figureWidth - 1;
  const barWidth = Math.min(columns < wideColumns ? bars.usual : bars.wide, left);
  const detailWidth = left - barWidth - 2;

  const figure = state === 'waiting' ? '' : state === 'failed' ? 'failed' : `${percent} %`;
  const cells = barWidth >= bars.least ? `${paint(cellsOf(percent, barWidth), state)} ` : '';
  const text = detailWidth > 0 ? `  ${fitted(detail, detailWidth)}` : '';
  return `${padded(label, labelWidth)}${cells}${figure.padStart(figureWidth)}${text}`.trimEnd();
}

/** Colours a text by the state that it shows. */
export type Paint = (text: string, state: Row['state']) => string;

const colours: Record<Row['state'], number> = { waiting: 2, running: 36, done: 32, failed: 31 };
export const inColour: Paint = (text, state) => `\x1b[${colours[state]}m${text}\x1b[0m`;

function cellsOf(percent: number, width: number): string {
  const filled = Math.round((percent / 100) * width);
  return '█'.repeat(filled) + '░'.repeat(width - filled);
}
