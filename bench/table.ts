import type { Figure } from './figure.ts';

const columns = ['figure', 'value', 'against', 'ratio', 'goal', 'met'] as const;

/** The report as a Markdown table that can be read as it is. */
export function tableOf(figures: readonly Figure[]): string {
  const rows = figures.map(cellsOf);
  const widths = columns.map((name, n) => Math.max(name.length, ...rows.map((row) => row[n]!.length)));
  const line = (cells: readonly string[]) =>
    `| ${cells.map((cell, n) => cell.padEnd(widths[n]!)).join(' | ')} |`;
  return [line(columns), line(widths.map((width) => '-'.repeat(width))), ...rows.map(line)].join('\n');
}

function cellsOf(figure: Figure): string[] {
  const { about, value, unit, against, against_value, ratio, goal, met } = figure;
  return [
    about,
    value === null ? 'not measured' : `${rounded(value)} ${unit}`,
    against === null
      ? ''
      : `${against}${against_value === null ? '' : `: ${rounded(against_value)} ${unit}`}`,
    ratio === null ? '' : rounded(ratio),
    goal ?? '',
    met === null ? '' : met ? 'yes' : '**no**',
  ];
}

/** Three digits that count. */
export function rounded(value: number): string {
  if (Number.isInteger(value)) return String(value);
  const decimals = Math.max(0, 2 - Math.floor(Math.log10(Math.abs(value))));
  return Number.isFinite(decimals) ? value.toFixed(Math.min(decimals, 6)) : String(value);
}
