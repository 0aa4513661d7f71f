/** What is promised of a figure: of its value, or of its ratio to what it is against. */
export interface Goal {
  of: 'value' | 'ratio';
  is: '≤' | '≥' | '=';
  bound: number;
}

/** A figure before it is measured. */
export interface FigurePlan {
  /** `<measurement>.<what>`: never changes, so that runs can be compared. */
  name: string;
  about: string;
  unit: string;
  /** What a user would do instead. */
  against?: string;
  goal?: Goal;
}

/** The raw numbers of all runs. Those of one run stand at the same index: they were measured side by side. */
export interface Reading {
  values: number[];
  against?: number[];
}

export type Readings = Record<string, Reading>;

/** One line of the report. Medians; null for what was not measured. */
export interface Figure {
  name: string;
  about: string;
  value: number | null;
  unit: string;
  against: string | null;
  against_value: number | null;
  /** The median of the runs' own ratios, value to against: what disturbs one run disturbs both sides of it. */
  ratio: number | null;
  goal: string | null;
  /** Null where nothing is promised; what was not measured is not met. */
  met: boolean | null;
  runs: number;
  raw: Reading;
}

export function figureOf(plan: FigurePlan, reading: Reading = { values: [] }): Figure {
  const { name, about, unit, against, goal } = plan;
  const value = median(reading.values);
  const ratio = reading.against ? median(ratios(reading.values, reading.against)) : null;
  return {
    name,
    about,
    value,
    unit,
    against: against ?? null,
    against_value: reading.against ? median(reading.against) : null,
    ratio,
    goal: goal ? `${goal.of} ${goal.is} ${goal.bound}` : null,
    met: goal ? isMet(goal, goal.of === 'value' ? value : ratio) : null,
    runs: reading.values.length,
    raw: reading,
  };
}

/** Of an even number of values the mean of the two in the middle; null of none. */
export function median(values: readonly number[]): number | null {
  const sorted = values.toSorted((a, b) => a - b);
  const [lower, upper] = [sorted[Math.ceil(sorted.length / 2) - 1], sorted[Math.floor(sorted.length / 2)]];
  return lower === undefined || upper === undefined ? null : (lower + upper) / 2;
}

/** The value that `share` (0–1) of them do not exceed; NaN of none. */
export function percentile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)] ?? Number.NaN;
}

function ratios(values: number[], against: number[]): number[] {
  if (values.length !== against.length) throw new Error('A run was measured on one side only.');
  return values.map((value, run) => value / against[run]!);
}

function isMet({ is, bound }: Goal, value: number | null): boolean {
  if (value === null) return false;
  if (is === '=') return value === bound;
  return is === '≤' ? value <= bound : value >= bound;
}
