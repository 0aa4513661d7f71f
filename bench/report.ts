import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { type Figure, type FigurePlan, figureOf } from './figure.ts';
import type { Measurement } from './measurement.ts';
import { fillPage, tablesOf } from './page.ts';

/** A figure in a report, which says where it comes from: figures of several runs may stand together. */
export type ReportedFigure = Figure & { machine: string };

/**
 * Writes figures into a report, each in the place of the one of its name, in the order of the measurements, and as
 * tables into the Markdown page that lies beside it by the same name, if there is one: see fillPage.
 */
export function writeReport(
  path: string,
  figures: ReportedFigure[],
  measurements: readonly Pick<Measurement, 'name' | 'figures'>[],
): void {
  const plans = measurements.flatMap((measurement) => measurement.figures);
  const merged = mergeFigures(existsSync(path) ? readReport(path) : [], figures, plans);
  writeFileSync(path, `[\n${merged.map((figure) => JSON.stringify(figure)).join(',\n')}\n]\n`);

  const page = path.replace(/\.json$/, '.md');
  if (page === path || !existsSync(page)) return;
  const known = measurements.map(({ name }) => name);
  writeFileSync(page, fillPage(readFileSync(page, 'utf8'), tablesOf(merged, known)));
}

export function readReport(path: string): ReportedFigure[] {
  return JSON.parse(readFileSync(path, 'utf8')) as ReportedFigure[];
}

/** Older figures are worked out anew from their raw numbers: a goal may have changed since. */
export function mergeFigures(
  old: ReportedFigure[],
  fresh: ReportedFigure[],
  plans: readonly FigurePlan[],
): ReportedFigure[] {
  const byName = new Map([...old, ...fresh].map((figure) => [figure.name, figure]));
  return plans.flatMap((plan) => {
    const figure = byName.get(plan.name);
    return figure ? [{ ...figureOf(plan, figure.raw), machine: figure.machine }] : [];
  });
}
