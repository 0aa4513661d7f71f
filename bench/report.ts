import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { type Figure, type FigurePlan, figureOf } from './figure.ts';

/** A figure in a report, which says where it comes from: figures of several runs may stand together. */
export type ReportedFigure = Figure & { machine: string };

/** Writes figures into a report, each in the place of the one of its name, in the order of `plans`. */
export function writeReport(path: string, figures: ReportedFigure[], plans: readonly FigurePlan[]): void {
  const merged = mergeFigures(existsSync(path) ? readReport(path) : [], figures, plans);
  writeFileSync(path, `[\n${merged.map((figure) => JSON.stringify(figure)).join(',\n')}\n]\n`);
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
