import type { MiddlewareObj } from '@middy/core';
import { metrics } from './observability.ts';

/** Publishes what was counted, also when the function failed. Powertools' own would warn each time nothing was. */
export function publishMetrics(): MiddlewareObj {
  const publish = () => {
    if (metrics.hasStoredMetrics()) metrics.publishStoredMetrics();
  };
  return { after: publish, onError: publish };
}
