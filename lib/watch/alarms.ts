import { Duration, Stack } from 'aws-cdk-lib';
import {
  type Alarm,
  ComparisonOperator,
  type CreateAlarmOptions,
  type Metric,
  TreatMissingData,
} from 'aws-cdk-lib/aws-cloudwatch';
import { SnsAction } from 'aws-cdk-lib/aws-cloudwatch-actions';
import { Function as LambdaFunction } from 'aws-cdk-lib/aws-lambda';
import type { ITopic } from 'aws-cdk-lib/aws-sns';
import { Construct } from 'constructs';
import { productMetric } from './product-metric.ts';
import { runbookLink } from './runbook-heading.ts';
import type { Watched } from './watched.ts';

/** Above the six hours that an execution may take, and what reconciliation needs to see its end. */
const stuckSeconds = 7 * 3600;

/** The things that nobody else sees and that a person can do something about; each has its heading in docs/runbook.md. */
export class Alarms extends Construct {
  readonly all: Alarm[] = [];
  private readonly topic: ITopic;

  constructor(
    scope: Construct,
    id: string,
    { stateMachine, api, deadLetters, untold, reconcileJobs }: Watched,
    topic: ITopic,
  ) {
    super(scope, id);
    this.topic = topic;
    const quarterHour = { period: Duration.minutes(15) };
    const hour = { period: Duration.hours(1) };

    this.whenAny(
      'JobsFailed',
      'Jobs fail by our own fault',
      productMetric(this, 'JobsFailed', 'internal_error'),
    );
    this.when(
      'JobStuck',
      'A job does not end',
      productMetric(this, 'OldestRunningJob').with({ statistic: 'Maximum' }),
      {
        threshold: stuckSeconds,
      },
    );
    this.whenAny('ExecutionTimedOut', 'An execution took too long', stateMachine.metricTimedOut());
    this.whenAny(
      'CleanupBlocked',
      'A source is kept because a clip is not as it was',
      productMetric(this, 'CleanupBlocked').with({ statistic: 'Maximum', ...quarterHour }),
    );
    this.whenAny(
      'DeadLetters',
      'An event was given up',
      deadLetters.metricApproximateNumberOfMessagesVisible({ statistic: 'Maximum' }),
    );
    this.whenAny(
      'Untold',
      'The end of a job could not be told',
      untold.metricApproximateNumberOfMessagesVisible({ statistic: 'Maximum' }),
    );
    this.when('ServerErrors', 'The API answers with errors', api.metricServerError(), { threshold: 3 });
    this.when('Throttled', 'Functions are throttled', LambdaFunction.metricAllThrottles(), {
      threshold: 1,
      evaluationPeriods: 3,
    });
    this.when(
      'ReconcileStopped',
      'Reconciliation does not run',
      reconcileJobs.metricInvocations(quarterHour),
      {
        threshold: 1,
        below: true,
        treatMissingData: TreatMissingData.BREACHING,
      },
    );
    this.when(
      'ReconcileErrors',
      'Reconciliation cannot look after a job',
      productMetric(this, 'ReconcileErrors'),
      {
        threshold: 1,
        evaluationPeriods: 3,
      },
    );
    this.when('EraseErrors', 'A deleted job is not erased', productMetric(this, 'EraseErrors').with(hour), {
      threshold: 1,
      evaluationPeriods: 2,
    });
  }

  private whenAny(id: string, heading: string, metric: Metric): void {
    this.when(id, heading, metric, { threshold: 1 });
  }

  /** Rings when the metric is at least the threshold, or `below` it, in all of the periods. */
  private when(
    id: string,
    heading: string,
    metric: Metric,
    { below = false, ...options }: Partial<CreateAlarmOptions> & { threshold: number; below?: boolean },
  ): void {
    const alarm = metric.createAlarm(this, id, {
      alarmName: `${Stack.of(this).stackName}-${id}`,
      alarmDescription: `${heading}. What to do: ${runbookLink(heading)}`,
      evaluationPeriods: 1,
      comparisonOperator: below
        ? ComparisonOperator.LESS_THAN_THRESHOLD
        : ComparisonOperator.GREATER_THAN_OR_EQUAL_TO_THRESHOLD,
      // Counts are published where there is something to count.
      treatMissingData: TreatMissingData.NOT_BREACHING,
      ...options,
    });
    alarm.addAlarmAction(new SnsAction(this.topic));
    this.all.push(alarm);
  }
}
