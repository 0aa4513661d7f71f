import type { FigurePlan, Readings } from './figure.ts';

/** One thing that is measured: the figures that it promises, and how they are read. */
export interface Measurement {
  /** For `--only`; its figures' names begin with it. */
  name: string;
  figures: readonly FigurePlan[];
  /** Readings by the figures' names. One that is missing was not measured, and is reported so. */
  measure(room: Room): Promise<Readings>;
}

export interface Room {
  runs: number;
  /** Short sources: to try the bench itself; such figures say nothing of the product. */
  quick: boolean;
  /** Of this measurement alone, removed after it. */
  folder: string;
  /** Aborts at Ctrl-C. */
  signal: AbortSignal;
  /** A line for those who watch. */
  print(line: string): void;
  /** A 1080p recording of so many minutes, made once for all. */
  longSource(minutes: number): LongSource;
}

export interface LongSource {
  path: string;
  sizeBytes: number;
  /** Fewer than were asked when quick. */
  minutes: number;
}
