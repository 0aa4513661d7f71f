import { describe, expect, it } from '@jest/globals';
import { bucketDeploymentsOf } from '../../local/edge/bucket-deployments.ts';
import { distributionOf } from '../../local/edge/distribution.ts';
import { functionsOf } from '../../local/functions/function-definition.ts';
import { resolveStack } from '../../local/template/stack.ts';

const behavior = {
  TargetOriginId: 'files',
  CachePolicyId: '658327ea-f89d-4fab-a63d-7e88639e58f6',
  ViewerProtocolPolicy: 'redirect-to-https',
};

function aStack({ config = {}, defaults = {}, deployment = {}, headers = {}, signing = 'always' } = {}) {
  const Resources = {
    Bucket: { Type: 'AWS::S3::Bucket' },
    Api: { Type: 'AWS::ApiGatewayV2::Api', Properties: { ProtocolType: 'HTTP' } },
    Access: {
      Type: 'AWS::CloudFront::OriginAccessControl',
      Properties: { OriginAccessControlConfig: { SigningBehavior: signing } },
    },
    Headers: {
      Type: 'AWS::CloudFront::ResponseHeadersPolicy',
      Properties: { ResponseHeadersPolicyConfig: { Name: 'headers', ...headers } },
    },
    Distribution: {
      Type: 'AWS::CloudFront::Distribution',
      Properties: {
        DistributionConfig: {
          Enabled: true,
          DefaultRootObject: 'index.html',
          DefaultCacheBehavior: { ...behavior, ...defaults },
          CacheBehaviors: [{ ...behavior, PathPattern: '/api/*', TargetOriginId: 'api' }],
          Origins: [
            {
              Id: 'files',
              DomainName: { 'Fn::GetAtt': ['Bucket', 'RegionalDomainName'] },
              OriginAccessControlId: { Ref: 'Access' },
              S3OriginConfig: {},
            },
            {
              Id: 'api',
              // biome-ignore lint/suspicious/noTemplateCurlyInString: that is how Fn::Sub writes its references
              DomainName: { 'Fn::Sub': '${Api}.execute-api.${AWS::Region}.amazonaws.com' },
              CustomOriginConfig: {},
            },
            { Id: 'elsewhere', DomainName: 'example.com' },
          ].slice(0, 'elsewhere' in config ? 3 : 2),
          ...config,
        },
      },
    },
    Handler: {
      Type: 'AWS::Lambda::Function',
      Properties: { Runtime: 'python3.13', Role: 'a-role', Code: {} },
    },
    Files: {
      Type: 'Custom::CDKBucketDeployment',
      Properties: {
        ServiceToken: { 'Fn::GetAtt': ['Handler', 'Arn'] },
        SourceBucketNames: ['assets'],
        SourceObjectKeys: ['page.zip', 'config.zip'],
        SourceMarkers: [{}, { '<<1>>': { Ref: 'Bucket' } }],
        SourceMarkersConfig: [{}, { jsonEscape: true }],
        DestinationBucketName: { Ref: 'Bucket' },
        SystemMetadata: { 'cache-control': 'no-cache' },
        ...deployment,
      },
    },
  };
  const assembly = {
    stackName: 'Tiny',
    template: { Resources },
    assetFolder: (key: string) => `/assets/${key}`,
  };
  return resolveStack(assembly, { apiUrl: 'http://127.0.0.1:8600' });
}

describe('a distribution in a template', () => {
  it('has its behaviours in order, the default one last, each with its origin', () => {
    const stack = aStack();

    const distribution = distributionOf(stack);

    expect(distribution).toMatchObject({
      rootObject: 'index.html',
      behaviors: [
        { pathPattern: '/api/*', origin: { kind: 'api' } },
        {
          pathPattern: '*',
          origin: { kind: 'bucket', bucketName: stack.ofType('AWS::S3::Bucket')[0]!.ref },
          allowedMethods: ['GET', 'HEAD'],
        },
      ],
    });
  });

  it('says its headers as CloudFront sends them', () => {
    const SecurityHeadersConfig = {
      StrictTransportSecurity: { AccessControlMaxAgeSec: 60, IncludeSubdomains: true, Override: true },
      ContentTypeOptions: { Override: false },
    };

    const stack = aStack({
      defaults: { ResponseHeadersPolicyId: { Ref: 'Headers' } },
      headers: { SecurityHeadersConfig },
    });

    expect(distributionOf(stack)?.behaviors.at(-1)?.headers).toEqual([
      { name: 'strict-transport-security', value: 'max-age=60; includeSubDomains', override: true },
      { name: 'x-content-type-options', value: 'nosniff', override: false },
    ]);
  });

  it.each([
    ['an unknown cache policy', { defaults: { CachePolicyId: 'mine' } }, 'cache policy mine'],
    ['an unknown request policy', { defaults: { OriginRequestPolicyId: 'mine' } }, 'request policy mine'],
    ['what is not known', { defaults: { TrustedKeyGroups: ['k'] } }, 'TrustedKeyGroups'],
    ['an origin elsewhere', { config: { elsewhere: true } }, 'example.com'],
    ['no such origin', { defaults: { TargetOriginId: 'none' } }, 'no origin none'],
    ['unsigned reads', { signing: 'never' }, 'without an origin access control'],
    ['errors of its own', { config: { CustomErrorResponses: [{ ErrorCode: 403 }] } }, 'custom error'],
    [
      'a function after the origin',
      { defaults: { FunctionAssociations: [{ EventType: 'viewer-response', FunctionARN: 'f' }] } },
      'viewer-request',
    ],
    [
      'headers of another kind',
      { defaults: { ResponseHeadersPolicyId: { Ref: 'Headers' } }, headers: { CorsConfig: {} } },
      'CorsConfig',
    ],
  ])('with %s is an error', (_what, changed, message) => {
    expect(() => distributionOf(aStack(changed))).toThrow(message);
  });
});

describe('a deployment of files in a template', () => {
  it('is carried out with the role of the function that is not run', () => {
    const stack = aStack();

    expect(functionsOf(stack)).toEqual([]);
    expect(bucketDeploymentsOf(stack)).toMatchObject([
      {
        roleArn: 'a-role',
        prefix: '',
        prune: true,
        cacheControl: 'no-cache',
        sources: [
          { folder: '/assets/page.zip', markers: {}, jsonEscape: false },
          { markers: { '<<1>>': stack.ofType('AWS::S3::Bucket')[0]!.ref }, jsonEscape: true },
        ],
      },
    ]);
  });

  it.each([
    ['assets', 'assets/'],
    ['assets/', 'assets/'],
    ['/', ''],
  ])('under %s begins its keys with "%s"', (DestinationBucketKeyPrefix, prefix) => {
    const [deployment] = bucketDeploymentsOf(aStack({ deployment: { DestinationBucketKeyPrefix } }));

    expect(deployment?.prefix).toBe(prefix);
  });

  it.each([
    [{ Extract: false }, 'Extract'],
    [{ SystemMetadata: { 'content-language': 'de' } }, 'content-language'],
    [{ SourceMarkersConfig: [{ markerEncodings: {} }] }, 'markerEncodings'],
  ])('with %j is an error', (deployment, message) => {
    expect(() => bucketDeploymentsOf(aStack({ deployment }))).toThrow(message);
  });
});
