import type { JobAnswer } from './wire-types.ts';

/** `It cost the service about $0.021, by list prices of AWS.`; nothing where that is not told. */
export function costWords({ cost, status }: Pick<JobAnswer, 'cost' | 'status'>): string {
  if (!cost) return '';
  const { total } = cost;
  const dollars = total >= 1 || total === 0 ? total.toFixed(2) : total.toPrecision(2);
  const verb = ['completed', 'failed', 'cancelled', 'expired'].includes(status)
    ? 'It cost'
    : 'So far it costs';
  return `${verb} the service about $${dollars}, by list prices of AWS.`;
}
