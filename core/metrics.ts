/**
 * Every metric of the product, in the namespace that is the stack's name: its unit, and the dimension that parts it
 * where it has one. Each counts a real thing once, whoever does it and however often it is tried.
 */
export const metrics = {
  JobsCreated: { unit: 'Count' },
  JobsStarted: { unit: 'Count' },
  JobsRetried: { unit: 'Count' },
  JobsCompleted: { unit: 'Count' },
  /** By error code. */
  JobsFailed: { unit: 'Count', by: 'code' },
  JobsCancelled: { unit: 'Count' },
  /** Never started. */
  JobsExpired: { unit: 'Count' },
  JobsDeleted: { unit: 'Count' },
  ClipsFailed: { unit: 'Count' },
  /** Length of finished clips; a clip in three shapes counts once. */
  ClipSeconds: { unit: 'Seconds' },
  /** Of sources, by steps that came to their end. */
  BytesRead: { unit: 'Bytes' },
  BytesFreed: { unit: 'Bytes' },
  /** `arrival` of an object or a `create-job` that changed nothing: told twice, late, or of no meaning. */
  DuplicateEvents: { unit: 'Count', by: 'kind' },
  /** What reconciliation did for a job: see `Repair` in core/jobs/reconcile-jobs.ts. */
  ReconcileRepairs: { unit: 'Count', by: 'kind' },
  /** Jobs that a tick of reconciliation could not look after. */
  ReconcileErrors: { unit: 'Count' },
  /** How many jobs stand there whose cleanup would not be safe; told at each tick. */
  CleanupBlocked: { unit: 'Count' },
  /** Since the start of the oldest job that still runs; told at each tick. */
  OldestRunningJob: { unit: 'Seconds' },
  /** Deleted jobs that could not be erased; told each hour. */
  EraseErrors: { unit: 'Count' },
} as const satisfies Record<string, { unit: 'Count' | 'Seconds' | 'Bytes'; by?: 'code' | 'kind' }>;

export type MetricName = keyof typeof metrics;
/** Those that a dimension parts, and the others. */
export type PartedMetric = {
  [Name in MetricName]: (typeof metrics)[Name] extends { by: string } ? Name : never;
}[MetricName];
export type PlainMetric = Exclude<MetricName, PartedMetric>;
