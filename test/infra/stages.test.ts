import { describe, expect, it } from '@jest/globals';
import type { Template } from 'aws-cdk-lib/assertions';
import { idleDollars } from '../../lib/idle-bill.ts';
import { resourcesOf, stackTemplate } from '../support/stack.ts';

const dev = stackTemplate();
const prod = stackTemplate({ stage: 'prod', alarmEmail: 'ops@example.com', transcript: 'on' });

const all = (template: Template) =>
  Object.entries<{ Type: string; DeletionPolicy?: string; UpdateReplacePolicy?: string }>(
    template.toJSON().Resources,
  );
const keptIn = (template: Template) =>
  all(template).filter(([, { DeletionPolicy = 'Delete' }]) => DeletionPolicy !== 'Delete');
const emptiedIn = (template: Template) =>
  Object.values(resourcesOf(template, 'Custom::S3AutoDeleteObjects')).map(
    ({ Properties }) => /^(Uploads|Clips|Page)/.exec(Properties.BucketName.Ref)?.[0],
  );
const retentionsOf = (template: Template) =>
  new Set(
    Object.values(resourcesOf(template, 'AWS::Logs::LogGroup')).map(
      (group) => group.Properties.RetentionInDays,
    ),
  );

describe('a stack to throw away, which is what a deploy makes that names no stage', () => {
  it('leaves nothing behind: every bucket is emptied before it goes', () => {
    expect(keptIn(dev)).toEqual([]);
    expect(emptiedIn(dev).sort()).toEqual(['Clips', 'Page', 'Uploads']);
  });

  it('is the same as the stage dev', () => {
    expect(stackTemplate({ stage: 'dev' }).toJSON()).toEqual(dev.toJSON());
  });

  it('has no alarms and no dashboard, unless told', () => {
    dev.resourceCountIs('AWS::CloudWatch::Alarm', 0);
    dev.resourceCountIs('AWS::CloudWatch::Dashboard', 0);
  });

  it('keeps its logs for a week', () => {
    expect(retentionsOf(dev)).toEqual(new Set([7]));
  });
});

describe('a stack to rely on', () => {
  it('keeps clips, jobs and users when it goes, but not when it could not be made in the first place', () => {
    expect(keptIn(prod).map(([, { Type, DeletionPolicy }]) => [Type, DeletionPolicy])).toEqual([
      ['AWS::S3::Bucket', 'RetainExceptOnCreate'],
      ['AWS::DynamoDB::Table', 'RetainExceptOnCreate'],
      ['AWS::Cognito::UserPool', 'RetainExceptOnCreate'],
    ]);
    expect(keptIn(prod).map(([, { UpdateReplacePolicy }]) => UpdateReplacePolicy)).toEqual(
      Array(3).fill('Retain'),
    );
    expect(emptiedIn(prod).sort()).toEqual(['Page', 'Uploads']);
  });

  it('keeps its logs for three months, or as told', () => {
    expect(retentionsOf(prod)).toEqual(new Set([90]));
    expect(retentionsOf(stackTemplate({ stage: 'prod', logRetentionDays: '14' }))).toEqual(new Set([14]));
  });

  it('is watched', () => {
    expect(Object.keys(resourcesOf(prod, 'AWS::CloudWatch::Alarm')).length).toBeGreaterThan(0);
  });

  it('is removed like the other where told so', () => {
    expect(keptIn(stackTemplate({ stage: 'prod', keepData: 'off' }))).toEqual([]);
  });
});

describe('what it costs to leave it alone', () => {
  const bill = (template: Template) => idleDollars(all(template).map(([, { Type }]) => Type));

  it('is nothing for a stack to throw away, and no more than alarms and a dashboard for one to rely on', () => {
    expect(bill(dev)).toBe(0);
    const alarms = Object.keys(resourcesOf(prod, 'AWS::CloudWatch::Alarm')).length;
    expect(bill(prod)).toBeCloseTo(3 + alarms / 10);
  });

  it('is known of every type', () => {
    expect(() => idleDollars(['AWS::EC2::NatGateway'])).toThrow('AWS::EC2::NatGateway');
  });
});

describe('the logs', () => {
  it.each([
    ['dev', dev],
    ['prod', prod],
  ])(
    'of every function of %s go to a group of the stack, and none may make one outside of it',
    (_, template) => {
      const groups = Object.keys(resourcesOf(template, 'AWS::Logs::LogGroup'));
      const allowed = JSON.stringify([
        resourcesOf(template, 'AWS::IAM::Role'),
        resourcesOf(template, 'AWS::IAM::Policy'),
      ]);

      for (const { Properties } of Object.values(resourcesOf(template, 'AWS::Lambda::Function'))) {
        expect(groups).toContain(Properties.LoggingConfig.LogGroup.Ref);
      }
      expect(allowed).not.toMatch(/logs:CreateLogGroup|logs:\*|AWSLambdaBasicExecutionRole/);
    },
  );
});

describe('a name of your own', () => {
  const certificateArn =
    'arn:aws:acm:us-east-1:123456789012:certificate/12345678-1234-1234-1234-123456789012';
  const named = stackTemplate({ domain: 'clips.example.com', certificateArn });

  it('is where the page is, and where people come back to from signing in', () => {
    named.hasResourceProperties('AWS::CloudFront::Distribution', {
      DistributionConfig: {
        Aliases: ['clips.example.com'],
        ViewerCertificate: { AcmCertificateArn: certificateArn, MinimumProtocolVersion: 'TLSv1.2_2021' },
      },
    });
    named.hasResourceProperties('AWS::Cognito::UserPoolClient', {
      CallbackURLs: ['https://clips.example.com/'],
    });
    named.hasOutput('PageUrl', { Value: 'https://clips.example.com/' });
  });

  it('comes with the record that has to be made for it', () => {
    expect(JSON.stringify(named.findOutputs('NextStep0Dns'))).toMatch(/clips\.example\.com CNAME /);
    expect(dev.findOutputs('NextStep0Dns')).toEqual({});
  });
});

describe('the outputs', () => {
  const steps = (template: Template) =>
    Object.entries(template.findOutputs('*'))
      .filter(([name]) => name.startsWith('NextStep'))
      .map(([name, { Value }]) => `${name} ${JSON.stringify(Value)}`)
      .sort();

  it('are commands to invite somebody, get a token and upload, and say what destroying does', () => {
    expect(steps(dev)).toEqual([
      expect.stringMatching(/1Invite .*admin-create-user .*--user-pool-id .*"Ref":"Users/),
      expect.stringMatching(/2Open .*PageDistribution/),
      expect.stringMatching(/3Token .*initiate-auth .*--client-id .*"Ref":"UsersClient/),
      expect.stringMatching(/4Upload .*CLIPWRIGHT_URL=.* npx clipwright upload/),
      expect.stringMatching(/5Destroy .*goes with all its clips/),
    ]);
    expect(steps(prod).at(-1)).toMatch(/keeps its clips/);
  });

  it('send to your own provider where there is no user pool', () => {
    const own = steps(stackTemplate({ issuer: 'https://id.example.com', audience: 'clips' }));

    expect(own.join()).not.toMatch(/cognito/);
    expect(own[0]).toMatch(/redirect URL of the client clips/);
  });
});

describe('a setting', () => {
  it.each([
    [{ stage: 'production' }, 'Setting stage must be dev or prod, not production'],
    [{ keepData: 'yes' }, 'Setting keepData must be on or off, not yes'],
    [{ logRetentionDays: '8' }, 'Setting logRetentionDays must be 1 or 3 or 5 or 7'],
    [{ logRetentionDays: '' }, 'Setting logRetentionDays must be a text with something in it'],
    [{ maxActiveJobs: '0' }, 'Setting maxActiveJobs must be a whole number from 1 to 1000, not 0'],
    [{ transcript: 'yes' }, 'Setting transcript must be on or off, not yes'],
    [{ domain: 'clips.example.com' }, 'domain and certificateArn go together'],
    [{ domain: 'https://a.example', certificateArn: 'arn' }, 'Setting domain must be a host name'],
    [{ domain: 'a.example', certificateArn: 'arn:aws:acm:eu-west-1:1:certificate/1' }, 'us-east-1'],
    [{ alarmEmail: 'ops@example.com' }, 'add -c alarms=on'],
    [{ issuer: 'id.example.com', audience: 'clips' }, 'Setting issuer must be a URL as https://'],
    [{ allowedOrigins: 'https://a.example/' }, 'without a path, not https://a.example/'],
    [{ Stage: 'prod' }, 'There is no setting Stage. There are alarmEmail, alarms, '],
    [{ 'keep-data': 'on' }, 'There is no setting keep-data. There are alarmEmail, alarms, '],
  ])('%j is refused, and it is said what to do', (settings, said) => {
    expect(() => stackTemplate(settings)).toThrow(said);
  });
});
