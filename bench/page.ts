import type { ReportedFigure } from './report.ts';
import { tableOf } from './table.ts';

/** What belongs into a page's places: `<!-- runs -->` … `<!-- end -->`. */
export type Tables = Record<string, string>;

/** Measurements with so many figures that each has a table of its own; one of all others is called `figures`. */
const apart = ['memory', 'functions'];

/** The report as the tables of docs/performance.md. `known` are the names of all measurements. */
export function tablesOf(figures: readonly ReportedFigure[], known: readonly string[]): Tables {
  const promised = figures.filter(({ goal }) => goal);
  const met = promised.filter((figure) => figure.met);
  const of = (measurement: string) => figures.filter(({ name }) => name.startsWith(`${measurement}.`));
  return {
    runs: runsTable(known.map((name) => ({ name, figures: of(name) }))),
    met: `${met.length} of ${promised.length} goals met, those of memory and functions included.`,
    figures: tableOf(figures.filter(({ name }) => !apart.includes(name.split('.')[0]!))),
    ...Object.fromEntries(apart.map((name) => [name, tableOf(of(name))])),
  };
}

/** The page with the tables in their places; throws if it has no place for one. */
export function fillPage(page: string, tables: Tables): string {
  let filled = page;
  for (const [name, table] of Object.entries(tables)) {
    const place = new RegExp(`(<!-- ${name} -->\n\n).*?(\n\n<!-- end -->)`, 's');
    if (!place.test(filled))
      throw new Error(`The page has no place for ${name}: <!-- ${name} --> … <!-- end -->`);
    filled = filled.replace(place, (_, begin, end) => `${begin}${table}${end}`);
  }
  return filled;
}

function runsTable(measured: { name: string; figures: ReportedFigure[] }[]): string {
  const rows = measured.map(({ name, figures: [first] }) => {
    if (!first) return `| \`${name}\` | **not run** | |`;
    const [, load, day] = /load ([\d.]+) at the start, (\d+-\d+-\d+)/.exec(first.machine) ?? [];
    return `| \`${name}\` | ${first.runs} | ${load}, ${day} |`;
  });
  return ['| measurement | runs | load at its start, day |', '| --- | --- | --- |', ...rows].join('\n');
}
