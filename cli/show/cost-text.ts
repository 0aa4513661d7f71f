import type { JobAnswer } from '../api/wire-types.ts';
import { plain } from './text-width.ts';

/** `Cost on AWS: about $0.021 (list prices of us-east-1, 2026-11-22)`; nothing where the service tells none. */
export function costText({ cost }: Pick<JobAnswer, 'cost'>): string | undefined {
  if (typeof cost?.total !== 'number') return undefined;
  return `Cost on AWS: about $${dollars(cost.total)} (list prices of ${plain(`${cost.region}, ${cost.prices_as_of}`)})`;
}

/** To the cent, and below one to two digits that tell something. */
function dollars(amount: number): string {
  return amount >= 1 || amount === 0 ? amount.toFixed(2) : amount.toPrecision(2);
}
