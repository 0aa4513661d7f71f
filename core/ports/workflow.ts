/** `none`: it was never started. `failed`: also one that was stopped. */
export type ExecutionState = 'running' | 'succeeded' | 'failed' | 'timed-out' | 'none';

/** The state machine. */
export interface Workflow {
  /** Starting the same attempt of a job twice is one execution. */
  start(run: { jobId: string; attempt: number; owner: string }): Promise<void>;
  /** Ends the execution of this attempt; one that has ended, or was never started, is fine. Functions run on to their end. */
  stop(run: { jobId: string; attempt: number }): Promise<void>;
  /** What became of the execution of this attempt. */
  stateOf(run: { jobId: string; attempt: number }): Promise<ExecutionState>;
}
