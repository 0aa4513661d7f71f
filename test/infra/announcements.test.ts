import { createRequire } from 'node:module';
import { beforeAll, describe, expect, it } from '@jest/globals';
import { finalWebhookFailures } from '../../core/announce/webhook-failures.ts';
import { limits } from '../../core/limits.ts';
import { resourcesOf, stackTemplate } from '../support/stack.ts';

let resources: (type: string) => Record<string, any>;
let definition: { States: Record<string, any> };
let everything: string;

beforeAll(() => {
  const template = stackTemplate();
  everything = JSON.stringify(template.toJSON());
  resources = (type) =>
    Object.fromEntries(
      Object.entries(resourcesOf(template, type)).filter(([id]) => id.startsWith('Announcements')),
    );
  const [machine] = Object.values(resources('AWS::StepFunctions::StateMachine'));
  const parts: unknown[] = machine.Properties.DefinitionString['Fn::Join'][1];
  const text = parts.map((part: any) => {
    if (typeof part === 'string') return part;
    if (part.Ref === 'AWS::Partition') return 'aws';
    return part.Ref ? 'https://queue' : 'arn:aws:lambda:us-east-1:000000000000:function:f';
  });
  definition = JSON.parse(text.join(''));
});

/** `Announcementscallwebhook` → `s3:GetObject`, …, without what lets it write its log. */
const granted = (role: string) =>
  Object.entries(resources('AWS::IAM::Policy'))
    .filter(([id]) => id.startsWith(`Announcements${role}`))
    .flatMap(([, { Properties }]) => Properties.PolicyDocument.Statement)
    .filter(({ Action }) => ![Action].flat().some((action: string) => action.startsWith('logs:')));

describe('announcements', () => {
  it('are made by valid Amazon States Language', () => {
    const validate = createRequire(`${process.cwd()}/package.json`)('asl-validator');

    expect(validate(definition)).toMatchObject({ isValid: true });
  });

  it('go to the bus, then to the webhook, whatever becomes of the bus; and what fails is kept', () => {
    const { EmitEvent, KeepEvent, HasWebhook, CallWebhook, FailWebhook, KeepCall } = definition.States;

    expect([EmitEvent, KeepEvent]).toMatchObject([
      { Next: 'HasWebhook', Catch: [{ ErrorEquals: ['States.ALL'], Next: 'KeepEvent' }] },
      { Next: 'HasWebhook', Resource: 'arn:aws:states:::sqs:sendMessage' },
    ]);
    expect(EmitEvent.Parameters).toEqual({
      Entries: [{ Source: 'clipwright', 'DetailType.$': '$.detail_type', 'Detail.$': '$.event' }],
    });
    expect(HasWebhook).toMatchObject({ Default: 'Told', Choices: [{ Next: 'CallWebhook' }] });
    expect([CallWebhook, FailWebhook, KeepCall]).toMatchObject([
      { Next: 'Told', Catch: [{ ErrorEquals: ['States.ALL'], ResultPath: '$.caught', Next: 'FailWebhook' }] },
      { Next: 'KeepCall', Catch: [{ ErrorEquals: ['States.ALL'], Next: 'KeepCall' }] },
      { Next: 'Told', Resource: 'arn:aws:states:::sqs:sendMessage' },
    ]);
  });

  it('call a webhook again over hours, but not a forbidden one', () => {
    const [final, , other] = definition.States.CallWebhook.Retry;
    const waits = Array.from({ length: other.MaxAttempts }, (_, n) =>
      Math.min(other.MaxDelaySeconds, other.IntervalSeconds * other.BackoffRate ** n),
    );

    expect(final).toEqual({ ErrorEquals: finalWebhookFailures, MaxAttempts: 0 });
    expect(other).toMatchObject({ ErrorEquals: ['States.ALL'], JitterStrategy: 'FULL' });
    expect(waits).toEqual([10, 30, 90, 270, 810, 2430, 7200, 7200]);
    expect(waits).toHaveLength(limits.webhook.retries);
  });

  it('are made with next to no rights: the function that calls strangers may read and add records alone', () => {
    expect(granted('callwebhook').map(({ Action }) => Action)).toEqual([
      ['dynamodb:GetItem', 'dynamodb:PutItem'],
    ]);
    expect(granted('failwebhook').map(({ Action }) => Action)).toEqual([
      ['dynamodb:GetItem', 'dynamodb:PutItem'],
    ]);
    expect(granted('StateMachine').map(({ Action }) => Action)).toEqual([
      'events:PutEvents',
      'sqs:SendMessage',
      'lambda:InvokeFunction',
    ]);
    expect(JSON.stringify(granted('StateMachine')[0].Resource)).toContain(':event-bus/default');
  });

  it('log nothing of what they tell, and keep what failed for two weeks', () => {
    const [machine] = Object.values(resources('AWS::StepFunctions::StateMachine'));
    const [queue] = Object.values(resources('AWS::SQS::Queue'));

    expect(machine.Properties.LoggingConfiguration).toMatchObject({ IncludeExecutionData: false });
    expect(queue.Properties).toMatchObject({
      MessageRetentionPeriod: 14 * 24 * 3600,
      SqsManagedSseEnabled: true,
    });
  });

  it('never go to the machine itself where it is deployed', () => {
    expect(everything).not.toContain('WEBHOOKS_TO_LOOPBACK');
  });
});
