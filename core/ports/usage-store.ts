/** What an owner uses of their quotas. */
export interface Usage {
  /** In UTC: `2026-01-31`. */
  day: string;
  /** Of all sources that were announced on that day. */
  bytes: number;
  /** Runs (`<job id>-<attempt>`) that had not ended when somebody last looked, and since when each counts. */
  active: Record<string, string>;
}

/** One record an owner. Each call is one conditional write of it, so that many at a time never get more than allowed. */
export interface UsageStore {
  /** What each owner may use: jobs at a time, bytes of sources a day. */
  quotas: { activeJobs: number; dailyBytes: number };
  get(owner: string): Promise<Usage | undefined>;
  /** Answers false, and changes nothing, if the run is counted already, a quota is in the way or the day is over. */
  add(owner: string, admitted: { run: string; sizeBytes: number; day: string; at: string }): Promise<boolean>;
  /** Counts these runs no longer; the bytes stay. */
  drop(owner: string, runs: string[]): Promise<void>;
}
