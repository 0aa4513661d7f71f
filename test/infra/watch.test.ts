import { readdirSync, readFileSync } from 'node:fs';
import { beforeAll, describe, expect, it } from '@jest/globals';
import { Match, type Template } from 'aws-cdk-lib/assertions';
import { metrics } from '../../core/metrics.ts';
import { anchorOf } from '../../lib/watch/runbook-heading.ts';
import { resourcesOf, stackTemplate } from '../support/stack.ts';

let template: Template;
beforeAll(() => {
  template = stackTemplate({ alarms: 'on' });
});

const alarms = () =>
  Object.values(resourcesOf(template, 'AWS::CloudWatch::Alarm')).map(({ Properties }) => Properties);
const dashboardText = () => JSON.stringify(resourcesOf(template, 'AWS::CloudWatch::Dashboard'));

describe('the metrics of the product', () => {
  it('are each shown on the dashboard, with the dimension that parts it', () => {
    const shown = dashboardText();

    const missing = Object.entries(metrics).filter(([name, metric]) =>
      'by' in metric
        ? !shown.includes(`{\\\\\\"Clipwright\\\\\\",${metric.by},service} MetricName=\\\\\\"${name}`)
        : !shown.includes(`\\"Clipwright\\",\\"${name}\\",\\"service\\",\\"clipwright\\"`),
    );
    expect(missing).toEqual([]);
  });

  it('that alarms look at are published, with that dimension', () => {
    for (const { Namespace, MetricName, Dimensions } of alarms()) {
      if (Namespace !== 'Clipwright') continue;
      const { by } = metrics[MetricName as keyof typeof metrics] as { by?: string };
      const names = Dimensions.map(({ Name }: { Name: string }) => Name);
      expect(names.sort()).toEqual(['service', ...(by ? [by] : [])].sort());
    }
    expect(alarms().filter(({ Namespace }) => Namespace === 'Clipwright')).not.toHaveLength(0);
  });

  it('are each counted by some function', () => {
    const sources = readdirSync('lambdas', { recursive: true, encoding: 'utf8' })
      .filter((name) => name.endsWith('.ts'))
      .map((name) => readFileSync(`lambdas/${name}`, 'utf8'))
      .join('\n');

    const counted = new Set(
      [...sources.matchAll(/count(?:One)?\(.*?\)/g)].flatMap(([call]) => call.match(/[A-Z]\w+/g) ?? []),
    );
    expect(Object.keys(metrics).filter((name) => !counted.has(name))).toEqual([]);
  });

  it('go to the namespace of their stack from every function', () => {
    const functions = Object.values(resourcesOf(template, 'AWS::Lambda::Function')).filter(({ Properties }) =>
      String(Properties.Description).startsWith('Clipwright: '),
    );

    for (const { Properties } of functions) {
      expect(Properties.Environment.Variables.POWERTOOLS_METRICS_NAMESPACE).toBe('Clipwright');
    }
  });
});

describe('the alarms', () => {
  it('each have their heading in the runbook, and each heading its alarm', () => {
    const runbook = readFileSync('docs/runbook.md', 'utf8');
    const [, chapter = ''] = /\n## Alarms\n([\s\S]*?)(?=\n## |$)/.exec(runbook) ?? [];
    const headings = [...chapter.matchAll(/^### (.*)$/gm)].map(([, heading = '']) => heading);

    const told = alarms().map(({ AlarmDescription }) => AlarmDescription);
    expect(told.sort()).toEqual(
      headings.map((heading) => `${heading}. What to do: docs/runbook.md#${anchorOf(heading)}`).sort(),
    );
  });

  it('are all told to one topic, to which CloudWatch may publish, over TLS alone', () => {
    const [topic] = Object.keys(resourcesOf(template, 'AWS::SNS::Topic'));

    for (const { AlarmActions } of alarms()) expect(AlarmActions).toEqual([{ Ref: topic }]);
    template.hasResourceProperties('AWS::SNS::TopicPolicy', {
      PolicyDocument: {
        Statement: Match.arrayWith([
          Match.objectLike({ Effect: 'Deny', Condition: { Bool: { 'aws:SecureTransport': 'false' } } }),
          Match.objectLike({ Effect: 'Allow', Principal: { Service: 'cloudwatch.amazonaws.com' } }),
        ]),
      },
    });
    template.resourceCountIs('AWS::SNS::Subscription', 0);
  });

  it('are mailed where an address is set', () => {
    stackTemplate({ alarms: 'on', alarmEmail: 'ops@example.com' }).hasResourceProperties(
      'AWS::SNS::Subscription',
      {
        Protocol: 'email',
        Endpoint: 'ops@example.com',
      },
    );
    expect(() => stackTemplate({ alarmEmail: 'ops' })).toThrow(/alarmEmail/);
  });

  it('look at every dead-letter queue', () => {
    const queues = Object.keys(resourcesOf(template, 'AWS::SQS::Queue'));
    const watched = alarms().flatMap(({ Namespace, Dimensions }) =>
      Namespace === 'AWS/SQS' ? [Dimensions[0].Value['Fn::GetAtt'][0]] : [],
    );

    expect(watched.sort()).toEqual(queues.sort());
  });
});

describe('the dashboard', () => {
  it('is named after its region, too: all regions of an account share their dashboards', () => {
    template.hasResourceProperties('AWS::CloudWatch::Dashboard', {
      DashboardName: { 'Fn::Join': ['', ['Clipwright-', { Ref: 'AWS::Region' }]] },
    });
  });

  it('shows no more than the 50 metrics that cost nothing, those of the alarms among them', () => {
    const [dashboard] = Object.values(resourcesOf(template, 'AWS::CloudWatch::Dashboard'));
    const pieces: unknown[] = dashboard!.Properties.DashboardBody['Fn::Join'][1];
    const { widgets } = JSON.parse(pieces.map((piece) => (typeof piece === 'string' ? piece : 'x')).join(''));

    const shown = widgets.flatMap(({ properties }: any) => properties.metrics ?? properties.alarms);

    expect(shown.length).toBeGreaterThan(30);
    expect(shown.length).toBeLessThanOrEqual(50);
  });
});

describe('the saved queries', () => {
  it('read every log of the stack', () => {
    const groups = Object.keys(resourcesOf(template, 'AWS::Logs::LogGroup'));

    for (const { Properties } of Object.values(resourcesOf(template, 'AWS::Logs::QueryDefinition'))) {
      expect(Properties.LogGroupNames.map(({ Ref }: { Ref: string }) => Ref).sort()).toEqual(groups.sort());
    }
  });
});
