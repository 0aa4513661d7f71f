import { TemplateError } from '../template/template-error.ts';

const unitMs: Record<string, number> = { minute: 60_000, hour: 3_600_000, day: 86_400_000 };

/** `rate(5 minutes)` in milliseconds. Throws TemplateError for anything else, `cron(…)` too. */
export function parseRateMs(expression: string): number {
  const [, count, unit] = /^rate\((\d+) (minute|hour|day)s?\)$/.exec(expression) ?? [];
  const everyMs = Number(count) * (unitMs[unit ?? ''] ?? 0);
  if (!(everyMs > 0)) throw new TemplateError(`${expression}: only rate(…) schedules run here`);
  return everyMs;
}
