import type { JobStatus } from '../api/wire-types.ts';

const endings: Partial<Record<JobStatus, string>> = {
  failed: 'failed',
  cancelled: 'was cancelled',
  expired: 'expired',
};

/** What a sentence says of a job: `failed`, `was cancelled`, `is pending`. */
export function statusPhrase(status: JobStatus): string {
  return endings[status] ?? `is ${status.replace('_', ' ')}`;
}
