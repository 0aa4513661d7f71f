import { beforeAll, describe, expect, it } from '@jest/globals';
import { Match, type Template } from 'aws-cdk-lib/assertions';
import { operations } from '../../lambdas/describe-api/operations.ts';
import { resourcesOf, stackTemplate } from '../support/stack.ts';

let template: Template;
beforeAll(() => {
  template = stackTemplate();
});

/** The functions that are ours: not those that CDK brings along to serve custom resources. */
const verbs = (of: Template) =>
  Object.values(resourcesOf(of, 'AWS::Lambda::Function')).filter(({ Properties }) =>
    String(Properties.Description).startsWith('Clipwright: '),
  );

describe('the buckets', () => {
  it('are private, encrypted and without ACLs', () => {
    for (const bucket of Object.values(resourcesOf(template, 'AWS::S3::Bucket'))) {
      expect(bucket.Properties).toMatchObject({
        PublicAccessBlockConfiguration: {
          BlockPublicAcls: true,
          BlockPublicPolicy: true,
          IgnorePublicAcls: true,
          RestrictPublicBuckets: true,
        },
        OwnershipControls: { Rules: [{ ObjectOwnership: 'BucketOwnerEnforced' }] },
        BucketEncryption: expect.anything(),
      });
    }
    template.resourceCountIs('AWS::S3::Bucket', 3);
  });

  it('take TLS only, and no signature older than an hour', () => {
    for (const policy of Object.values(resourcesOf(template, 'AWS::S3::BucketPolicy'))) {
      expect(policy.Properties.PolicyDocument.Statement).toEqual(
        expect.arrayContaining([
          expect.objectContaining({
            Effect: 'Deny',
            Condition: { Bool: { 'aws:SecureTransport': 'false' } },
          }),
          expect.objectContaining({
            Effect: 'Deny',
            Condition: { NumericGreaterThan: { 's3:signatureAge': 3_600_000 } },
          }),
        ]),
      );
    }
  });

  it('forget uploads after 7 days and unfinished ones after 1, and no clip ever', () => {
    const rules = Object.entries(resourcesOf(template, 'AWS::S3::Bucket')).map(([id, bucket]) => [
      /^(Uploads|Clips|Page)/.exec(id)?.[0],
      bucket.Properties.LifecycleConfiguration?.Rules.map(
        (rule: Record<string, unknown>) => rule.ExpirationInDays,
      ),
    ]);

    expect(Object.fromEntries(rules)).toEqual({ Uploads: [7, undefined], Clips: [undefined] });
  });
});

describe('the functions', () => {
  it('run on nodejs24.x and arm64, each with a role and a log group of its own', () => {
    const functions = verbs(template);

    const roles = functions.map(({ Properties }) => JSON.stringify(Properties.Role));
    const logs = functions.map(({ Properties }) => JSON.stringify(Properties.LoggingConfig));
    expect(new Set(roles).size).toBe(functions.length);
    expect(new Set(logs).size).toBe(functions.length);
    for (const { Properties } of functions) {
      expect(Properties).toMatchObject({ Runtime: 'nodejs24.x', Architectures: ['arm64'] });
    }
  });

  it('may do nothing on everything', () => {
    // CDK's own function, which puts the page into its bucket, has CDK's own grants; edge.test.ts looks at them.
    const policies = Object.entries(resourcesOf(template, 'AWS::IAM::Policy')).filter(
      ([id]) => !id.startsWith('PageDeployment'),
    );

    for (const [id, { Properties }] of policies) {
      for (const { Action, Resource } of Properties.PolicyDocument.Statement) {
        expect(`${id} ${[Action].flat().join()}`).not.toMatch(/\*/);
        if (!/^(Workflow|Announcements)StateMachine/.test(id)) expect([Resource].flat()).not.toContain('*');
      }
    }
    const managed = Object.entries(resourcesOf(template, 'AWS::IAM::Role')).filter(
      ([, { Properties }]) => Properties.ManagedPolicyArns,
    );
    expect(managed).toEqual([]);
  });

  it('that may delete are the two that clean up, and delete-job, which alone may delete a clip', () => {
    const deleting = (bucket: string) =>
      Object.entries(resourcesOf(template, 'AWS::IAM::Policy'))
        .filter(([, { Properties }]) =>
          Properties.PolicyDocument.Statement.map((statement: unknown) => JSON.stringify(statement)).some(
            (text: string) => text.includes('s3:DeleteObject') && text.includes(`"${bucket}Bucket`),
          ),
        )
        .map(([id]) => id.replace(/Role.*/, ''));
    const denied = Object.values(resourcesOf(template, 'AWS::S3::BucketPolicy'))
      .flatMap((policy) => policy.Properties.PolicyDocument.Statement)
      .find(({ Sid }) => Sid === 'ClipsAreNeverDeletedByThePipeline');

    expect(deleting('Uploads').sort()).toEqual(['Actionsdeletejob', 'Pipelinecleanupjob', 'reconcilejobs']);
    expect(deleting('Clips')).toEqual(['Actionsdeletejob']);
    expect(denied).toMatchObject({ Effect: 'Deny', Action: ['s3:DeleteObject', 's3:DeleteObjectVersion'] });
    expect(denied.Principal.AWS).toHaveLength(verbs(template).length - 1);
  });

  it('that may delete an object may list too: S3 tells nobody else that it is gone already', () => {
    for (const { Properties } of Object.values(resourcesOf(template, 'AWS::IAM::Policy'))) {
      const text = JSON.stringify(Properties.PolicyDocument);
      if (text.includes('s3:DeleteObject"')) expect(text).toMatch(/"s3:ListBucket".*"UploadsBucket\w+"/);
    }
  });

  it('that take uploads in parts may do so under uploads/ alone, and those that end them may only abort there', () => {
    const allowed = Object.entries(resourcesOf(template, 'AWS::IAM::Policy')).flatMap(
      ([id, { Properties }]) =>
        Properties.PolicyDocument.Statement.flatMap(({ Action, Resource }: any) =>
          [Action].flat().flatMap((action: string) => ({
            role: id.replace(/Role.*/, ''),
            action,
            on: [Resource].flat().map((resource) => JSON.stringify(resource)),
          })),
        ),
    );
    const having = (action: string) => allowed.filter((grant) => grant.action === action);
    const rolesOf = (action: string) => having(action).map(({ role }) => role);

    expect(rolesOf('s3:ListMultipartUploadParts').sort()).toEqual(['multipartupload', 'serveuppy']);
    expect(rolesOf('s3:AbortMultipartUpload').sort()).toEqual([
      'Actionscanceljob',
      'Actionsdeletejob',
      'multipartupload',
      'reconcilejobs',
      'serveuppy',
    ]);
    for (const { on } of ['s3:ListMultipartUploadParts', 's3:AbortMultipartUpload'].flatMap(having)) {
      expect(on).toEqual([expect.stringMatching(/"UploadsBucket.*"\/uploads\/\*"/)]);
    }
  });

  it('that take captions and watermarks may write those alone under work/, and find their font in the layer', () => {
    const onGiven = Object.entries(resourcesOf(template, 'AWS::IAM::Policy')).flatMap(
      ([id, { Properties }]) =>
        Properties.PolicyDocument.Statement.filter(({ Resource }: any) =>
          /work\/\*\/captions\.\*.*work\/\*\/watermark\.png/.test(JSON.stringify(Resource)),
        ).map(({ Action }: any) => `${id.replace(/Role.*/, '')} ${Action}`),
    );

    expect(onGiven.filter((grant) => grant.endsWith('s3:PutObject')).sort()).toEqual([
      ...['createjob', 'multipartupload', 'presignupload', 'serveuppy', 'submitfile'].map(
        (role) => `${role} s3:PutObject`,
      ),
    ]);
    expect(onGiven).toContain('Pipelinerenderclip s3:GetObject');
    template.hasResourceProperties('AWS::Lambda::Function', {
      Description: 'Clipwright: render-clip',
      Environment: { Variables: Match.objectLike({ FONT_PATH: '/opt/font/DejaVuSans-Bold.ttf' }) },
    });
  });
});

describe('the jobs table', () => {
  it('is on demand, and can be restored to a point in time', () => {
    template.hasResource('AWS::DynamoDB::Table', {
      Properties: {
        BillingMode: 'PAY_PER_REQUEST',
        PointInTimeRecoverySpecification: { PointInTimeRecoveryEnabled: true },
        GlobalSecondaryIndexes: [{ IndexName: 'owner' }, { IndexName: 'open' }].map(Match.objectLike),
      },
    });
  });
});

describe('the HTTP API', () => {
  it('has exactly the routes that the OpenAPI document tells of, and a fallback', () => {
    const routes = Object.values(resourcesOf(template, 'AWS::ApiGatewayV2::Route')).map(
      ({ Properties }) => Properties.RouteKey,
    );

    expect(routes.sort()).toEqual(['$default', ...Object.keys(operations)].sort());
  });

  it('asks for a token everywhere but where the document says public', () => {
    const open = Object.values(resourcesOf(template, 'AWS::ApiGatewayV2::Route'))
      .filter(({ Properties }) => Properties.AuthorizationType !== 'JWT')
      .map(({ Properties }) => Properties.RouteKey);
    const documented = Object.entries(operations).filter(([, { isPublic }]) => isPublic);

    expect(open.sort()).toEqual(['$default', ...documented.map(([route]) => route)].sort());
  });

  it('takes so much a second, of what costs something a fifth, on routes that are there before their limits', () => {
    const [stage] = Object.values(template.findResources('AWS::ApiGatewayV2::Stage'));
    const { DefaultRouteSettings, RouteSettings } = stage?.Properties ?? {};
    const routes = resourcesOf(template, 'AWS::ApiGatewayV2::Route');
    const awaited = (stage?.DependsOn ?? []).map((id: string) => routes[id]?.Properties.RouteKey);

    expect(DefaultRouteSettings).toMatchObject({ ThrottlingRateLimit: 100, ThrottlingBurstLimit: 200 });
    expect(RouteSettings['POST /api/jobs']).toEqual({ ThrottlingRateLimit: 20, ThrottlingBurstLimit: 100 });
    expect(awaited.sort()).toEqual(Object.keys(RouteSettings).sort());
    expect(Object.keys(operations)).toEqual(expect.arrayContaining(Object.keys(RouteSettings)));
  });

  it('can be told to trust another OpenID provider', () => {
    const own = stackTemplate({ issuer: 'https://id.example.com', audience: 'clips' });

    own.hasResourceProperties('AWS::ApiGatewayV2::Authorizer', {
      JwtConfiguration: { Issuer: 'https://id.example.com', Audience: ['clips'] },
    });
    own.resourceCountIs('AWS::Cognito::UserPool', 0);
  });

  it('refuses half a setting', () => {
    expect(() => stackTemplate({ issuer: 'https://id.example.com' })).toThrow(/issuer and audience/);
  });
});

describe('arrivals', () => {
  it('are taken of any kind, multipart too, with retries and a dead-letter queue', () => {
    template.hasResourceProperties('AWS::Events::Rule', {
      EventPattern: {
        source: ['aws.s3'],
        'detail-type': ['Object Created'],
        detail: { reason: Match.absent(), object: { key: [{ prefix: 'uploads/' }] } },
      },
      Targets: [Match.objectLike({ RetryPolicy: Match.anyValue(), DeadLetterConfig: Match.anyValue() })],
    });
  });

  it('in the inbox are taken only where it is set whose they are', () => {
    const own = stackTemplate({ inboxOwner: 'alice' });

    own.hasResourceProperties('AWS::Events::Rule', {
      EventPattern: { detail: { object: { key: [{ prefix: 'uploads/' }, { prefix: 'inbox/' }] } } },
    });
    own.hasResourceProperties('AWS::Lambda::Function', {
      Environment: { Variables: { INBOX_OWNER: 'alice' } },
    });
  });
});

describe('the clock', () => {
  it('has jobs reconciled every five minutes, and deleted ones swept each hour', () => {
    const ticks = Object.values(resourcesOf(template, 'AWS::Events::Rule'))
      .filter(({ Properties }) => Properties.ScheduleExpression)
      .map(({ Properties }) => [
        Properties.ScheduleExpression,
        Properties.Targets[0].Arn['Fn::GetAtt'][0].replace(/Function.*/, ''),
      ]);

    expect(Object.fromEntries(ticks)).toEqual({
      'rate(5 minutes)': 'reconcilejobs',
      'rate(1 hour)': 'Actionsdeletejob',
    });
  });
});

describe('the memory of the functions that render', () => {
  const largestOf = (of: Template) => {
    const functions = Object.values(resourcesOf(of, 'AWS::Lambda::Function'));
    return Math.max(...functions.map(({ Properties }) => Properties.MemorySize));
  };

  it('is what new accounts may have, unless set', () => {
    expect(largestOf(template)).toBe(3008);
    expect(largestOf(stackTemplate({ renderMemoryMb: '5308' }))).toBe(5308);
  });

  it('is refused where Lambda has none such', () => {
    expect(() => stackTemplate({ renderMemoryMb: 'much' })).toThrow(/renderMemoryMb/);
  });
});

describe('the quotas of an owner', () => {
  const quotasIn = (of: Template) =>
    verbs(of)
      .map(({ Properties }) => Properties.Environment.Variables)
      .filter(({ MAX_ACTIVE_JOBS }) => MAX_ACTIVE_JOBS)
      .map((variables) => [
        variables.POWERTOOLS_SERVICE_NAME,
        variables.MAX_ACTIVE_JOBS,
        variables.MAX_DAILY_BYTES,
      ]);

  it('are known to whatever makes or retries a job, as the deployer set them', () => {
    const own = quotasIn(stackTemplate({ maxActiveJobs: '7', maxDailyBytes: '1000' }));

    expect(own.map(([verb]) => verb).sort()).toEqual([
      'multipart-upload',
      'presign-upload',
      'receive-upload',
      'retry-job',
      'serve-uppy',
      'submit-file',
    ]);
    expect(new Set(own.map(([, jobs, bytes]) => `${jobs} ${bytes}`))).toEqual(new Set(['7 1000']));
    expect(quotasIn(template)[0]?.slice(1)).toEqual(['100', String(500 * 1024 ** 3)]);
  });

  it.each([
    ['maxActiveJobs', '0'],
    ['maxActiveJobs', '1001'],
    ['maxDailyBytes', '1e9'],
    ['requestsPerSecond', '0x10'],
  ])('and throttling are refused by name: %s=%s', (name, value) => {
    expect(() => stackTemplate({ [name]: value })).toThrow(`Setting ${name} must be a whole number`);
  });
});
