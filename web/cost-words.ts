import type { JobAnswer } from './wire-types.ts';

/** `On AWS it cost about $0.021, by list prices.`; nothing where that is not told. Elsewhere it is what it would cost there. */
export function costWords({ cost, status }: Pick<JobAnswer, 'cost' | 'status'>): string {
  if (!cost) return '';
  const { total } = cost;
  const dollars = total >= 1 || total === 0 ? total.toFixed(2) : total.toPrecision(2);
  const verb = ['completed', 'failed', 'cancelled', 'expired'].includes(status)
    ? 'On AWS it cost'
    : 'So far it costs, on AWS,';
  return `${verb} about $${dollars}, by list prices.`;
}
