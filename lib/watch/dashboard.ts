import { Duration } from 'aws-cdk-lib';
import {
  type Alarm,
  AlarmStatusWidget,
  Dashboard as CloudWatchDashboard,
  GraphWidget,
  type IMetric,
  type Metric,
} from 'aws-cdk-lib/aws-cloudwatch';
import { Function as LambdaFunction } from 'aws-cdk-lib/aws-lambda';
import { Construct } from 'constructs';
import type { PlainMetric } from '../../core/metrics.ts';
import { globalName } from '../global-name.ts';
import { productMetric, productMetricParts } from './product-metric.ts';
import type { Watched } from './watched.ts';

const rowUnits = 24;

/**
 * All on one page: what jobs do, what they cost, and how the parts below them are. Of at most 50 metrics, which costs nothing:
 * functions behind the API are seen by its own errors and latency, steps that fail by the jobs that do.
 */
export class Dashboard extends Construct {
  constructor(
    scope: Construct,
    id: string,
    { stateMachine, api, deadLetters, steps }: Watched,
    alarms: Alarm[],
  ) {
    super(scope, id);
    const ofProduct = (...names: PlainMetric[]) => names.map((name) => productMetric(this, name));
    const ofSteps = (metric: (fn: LambdaFunction) => Metric) =>
      steps.map((step) => metric(step.function).with({ label: step.verb }));

    const dashboard = new CloudWatchDashboard(this, 'Dashboard', {
      dashboardName: globalName(this),
      defaultInterval: Duration.days(1),
    });
    dashboard.addWidgets(new AlarmStatusWidget({ title: 'Alarms', alarms, width: rowUnits }));
    dashboard.addWidgets(
      ...row(
        graph(
          'Jobs',
          ofProduct(
            'JobsCreated',
            'JobsStarted',
            'JobsCompleted',
            'JobsCancelled',
            'JobsExpired',
            'JobsDeleted',
          ),
        ),
        graph('Jobs failed, by code; tried again', [
          productMetricParts(this, 'JobsFailed'),
          ...ofProduct('JobsRetried'),
        ]),
        graph('Oldest running job', [productMetric(this, 'OldestRunningJob').with({ statistic: 'Maximum' })]),
      ),
    );
    dashboard.addWidgets(
      ...row(
        graph('Clips made, seconds', ofProduct('ClipSeconds')),
        graph('Bytes of sources read and freed', ofProduct('BytesRead', 'BytesFreed')),
        graph('Clips failed', ofProduct('ClipsFailed')),
      ),
    );
    dashboard.addWidgets(
      ...row(
        graph('Repairs of reconciliation, by kind', [productMetricParts(this, 'ReconcileRepairs')]),
        graph('Not repaired', [
          ...ofProduct('ReconcileErrors', 'EraseErrors', 'CleanupBlocked').map((metric) =>
            metric.with({ statistic: 'Maximum' }),
          ),
          deadLetters.metricApproximateNumberOfMessagesVisible({ statistic: 'Maximum' }),
        ]),
        graph('Told more than once, by kind', [productMetricParts(this, 'DuplicateEvents')]),
      ),
    );
    dashboard.addWidgets(
      ...row(
        graph('API', [api.metricCount(), api.metricClientError(), api.metricServerError()]),
        graph('API, ms', [api.metricLatency({ statistic: 'p50' }), api.metricLatency({ statistic: 'p99' })]),
        graph('Executions', [
          stateMachine.metricStarted(),
          stateMachine.metricSucceeded(),
          stateMachine.metricFailed(),
          stateMachine.metricTimedOut(),
        ]),
      ),
    );
    dashboard.addWidgets(
      ...row(
        graph(
          'Duration of steps, longest',
          ofSteps((fn) => fn.metricDuration({ statistic: 'Maximum' })),
        ),
        graph('Functions at once, and throttled, in the whole account', [
          LambdaFunction.metricAllConcurrentExecutions(),
          LambdaFunction.metricAllThrottles(),
        ]),
      ),
    );
  }
}

function graph(title: string, left: IMetric[]) {
  return (width: number) => new GraphWidget({ title, left, width, leftYAxis: { min: 0 } });
}

function row(...graphs: ReturnType<typeof graph>[]): GraphWidget[] {
  return graphs.map((make) => make(rowUnits / graphs.length));
}
