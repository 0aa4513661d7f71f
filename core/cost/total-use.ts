import type { StepUse } from './step-use.ts';

/** What is paid for by use, of one job or of many. */
export interface Taken {
  /** Each is one request of Lambda. */
  steps: readonly StepUse[];
  transitions: number;
  /** Beyond those of the steps: what clients send up. */
  s3Writes: number;
  /** Of what is deleted in the end, for as long as it lies there. */
  storedGbMonths: number;
  transcribedSeconds: number;
  modelUse?: { model: string; inputTokens: number; outputTokens: number };
}

/** All steps together, and what clients send up. */
export function totalUse({ steps, s3Writes }: Pick<Taken, 'steps' | 's3Writes'>) {
  const sum = (of: (step: StepUse) => number) => steps.reduce((all, step) => all + of(step), 0);
  return {
    calls: steps.length,
    gbSeconds: sum(gbSecondsOf),
    s3Writes: s3Writes + sum((step) => step.s3Writes),
    s3Reads: sum((step) => step.s3Reads),
    tableWrites: sum((step) => step.tableWrites),
    tableReads: sum((step) => step.tableReads),
  };
}

/** Lambda bills whole milliseconds of the memory that a function has, a GB being 1024 MB. */
export function gbSecondsOf(use: Pick<StepUse, 'memoryMegabytes' | 'milliseconds'>): number {
  return (use.memoryMegabytes / 1024) * (Math.ceil(use.milliseconds) / 1000);
}
