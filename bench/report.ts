import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import type { Figure } from './figure.ts';

/** A figure in a report, which says where it comes from: figures of several runs may stand together. */
export type ReportedFigure = Figure & { machine: string };

/** Writes figures into a report, each in the place of the one of its name, in the order of `names`. */
export function writeReport(path: string, figures: ReportedFigure[], names: readonly string[]): void {
  const merged = mergeFigures(existsSync(path) ? readReport(path) : [], figures, names);
  writeFileSync(path, `[\n${merged.map((figure) => JSON.stringify(figure)).join(',\n')}\n]\n`);
}

export function readReport(path: string): ReportedFigure[] {
  return JSON.parse(readFileSync(path, 'utf8')) as ReportedFigure[];
}

export function mergeFigures(
  old: ReportedFigure[],
  fresh: ReportedFigure[],
  names: readonly string[],
): ReportedFigure[] {
  const byName = new Map([...old, ...fresh].map((figure) => [figure.name, figure]));
  return names.flatMap((name) => byName.get(name) ?? []);
}
