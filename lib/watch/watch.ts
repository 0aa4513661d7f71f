import { CfnOutput } from 'aws-cdk-lib';
import { Construct } from 'constructs';
import { AlarmTopic } from './alarm-topic.ts';
import { Alarms } from './alarms.ts';
import { Dashboard } from './dashboard.ts';
import { SavedQueries } from './saved-queries.ts';
import type { Watched } from './watched.ts';

interface Props extends Watched {
  /** Who is told of alarms; AWS asks this address first whether it wants to be. */
  alarmEmail?: string;
}

/** What those who run this see of it: alarms, a dashboard, queries of the logs; docs/runbook.md. */
export class Watch extends Construct {
  constructor(scope: Construct, id: string, { alarmEmail, ...watched }: Props) {
    super(scope, id);
    const { topic } = new AlarmTopic(this, 'AlarmTopic', alarmEmail);
    const alarms = new Alarms(this, 'Alarms', watched, topic);
    new Dashboard(this, 'Dashboard', watched, alarms.all);
    new SavedQueries(this, 'Queries');

    new CfnOutput(this, 'AlarmTopicArn', { value: topic.topicArn });
  }
}
