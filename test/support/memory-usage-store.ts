import { limits } from '../../core/limits.ts';
import type { Usage, UsageStore } from '../../core/ports/usage-store.ts';

/** Usage in memory: the same contract suite runs on it and on DynamoDB. */
export function memoryUsageStore(quotas: UsageStore['quotas'] = limits.quotas): UsageStore {
  const usages = new Map<string, Usage>();

  return {
    quotas,
    async get(owner) {
      return structuredClone(usages.get(owner));
    },
    async add(owner, { run, sizeBytes, day, at }) {
      const usage = usages.get(owner) ?? { day, bytes: 0, active: {} };
      if (day < usage.day) return false;
      const bytes = sizeBytes + (usage.day === day ? usage.bytes : 0);
      const isFull = Object.keys(usage.active).length >= quotas.activeJobs;
      if (bytes > quotas.dailyBytes || isFull || usage.active[run]) return false;
      usages.set(owner, { day, bytes, active: { ...usage.active, [run]: at } });
      return true;
    },
    async drop(owner, runs) {
      for (const run of runs) delete usages.get(owner)?.active[run];
    },
  };
}
