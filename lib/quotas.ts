import type { JobsTable } from './jobs-table.ts';
import type { Settings } from './settings.ts';
import type { VerbFunction } from './verb-function.ts';

/** What each owner may use, counted in the jobs table; docs/adr/0016-quotas.md. */
export class Quotas {
  private readonly jobs: JobsTable;
  private readonly quotas: Settings['quotas'];

  constructor(jobs: JobsTable, quotas: Settings['quotas']) {
    this.jobs = jobs;
    this.quotas = quotas;
  }

  /** Counting what an owner uses, and refusing what is more. */
  grantAdmit(fn: VerbFunction): void {
    this.jobs.grantCreate(fn);
    this.jobs.grantChange(fn);
    fn.setVariable('MAX_ACTIVE_JOBS', String(this.quotas.activeJobs));
    fn.setVariable('MAX_DAILY_BYTES', String(this.quotas.dailyBytes));
  }
}
