import type { Route } from './api-definition.ts';

/** Whether a route takes one more request at this moment; asking counts. */
export type Admit = (route: Pick<Route, 'key' | 'throttle'>) => boolean;

/** A token bucket for each route, as API Gateway has. `nowMs` reads a clock that never goes back. */
export function createThrottle(nowMs: () => number): Admit {
  const buckets = new Map<string, { tokens: number; filledMs: number }>();

  return ({ key, throttle }) => {
    if (!throttle) return true;
    const now = nowMs();
    const { tokens, filledMs } = buckets.get(key) ?? { tokens: throttle.burst, filledMs: now };
    const refilled = tokens + ((now - filledMs) / 1000) * throttle.ratePerSecond;
    const available = Math.min(throttle.burst, refilled);
    const isAdmitted = available >= 1;
    buckets.set(key, { tokens: isAdmitted ? available - 1 : available, filledMs: now });
    return isAdmitted;
  };
}
