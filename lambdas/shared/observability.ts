import { Logger } from '@aws-lambda-powertools/logger';
import { Metrics } from '@aws-lambda-powertools/metrics';
import { type PartedMetric, type PlainMetric, metrics as published } from '../../core/metrics.ts';

/** The service's name comes from POWERTOOLS_SERVICE_NAME: each line of a log tells its function. */
export const logger = new Logger();
/** The namespace comes from POWERTOOLS_METRICS_NAMESPACE. One service for all: who counted is of no matter. */
export const metrics = new Metrics({ serviceName: 'clipwright' });

/** Nothing is published of nothing: a metric costs by the hours in which it is told. */
export function count(name: PlainMetric, value = 1): void {
  if (value) metrics.addMetric(name, published[name].unit, value);
}

/** One, of the kind or code by which this metric is parted. */
export function countOne(name: PartedMetric, of: string): void {
  const { unit, by } = published[name];
  // Published at once: its dimension must not part the other metrics of this call.
  const single = metrics.singleMetric();
  single.addDimension(by, of);
  single.addMetric(name, unit, 1);
}

/** From here on each line of the log carries the id of this job; of none, where that is undefined. */
export function nameJob(jobId: string | undefined): void {
  if (jobId === undefined) logger.removeKeys(['job_id']);
  else logger.appendKeys({ job_id: jobId });
}
