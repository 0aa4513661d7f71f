import { Stack } from 'aws-cdk-lib';
import { MathExpression, Metric } from 'aws-cdk-lib/aws-cloudwatch';
import type { Construct } from 'constructs';
import { type MetricName, metrics, type PartedMetric, type PlainMetric } from '../../core/metrics.ts';

/** How lambdas/shared/observability.ts publishes all of them. */
const service = 'clipwright';

/** A metric of the product over all functions; of one that is parted, the part. */
export function productMetric(scope: Construct, name: PlainMetric): Metric;
export function productMetric(scope: Construct, name: PartedMetric, of: string): Metric;
export function productMetric(scope: Construct, name: MetricName, of?: string): Metric {
  const published: { unit: string; by?: string } = metrics[name];
  return new Metric({
    namespace: Stack.of(scope).stackName,
    metricName: name,
    dimensionsMap: { service, ...(published.by && of && { [published.by]: of }) },
    statistic: 'Sum',
  });
}

/** A line for each part of a metric that there is: codes and kinds are not listed anywhere. */
export function productMetricParts(scope: Construct, name: PartedMetric): MathExpression {
  const { by } = metrics[name];
  // In quotes for its hyphen: https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/search-expression-syntax.html
  const schema = `{"${Stack.of(scope).stackName}",${[by, 'service'].join(',')}}`;
  return new MathExpression({
    expression: `SEARCH('${schema} MetricName="${name}"', 'Sum')`,
    label: '',
    usingMetrics: {},
  });
}
