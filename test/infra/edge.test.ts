import { readFileSync } from 'node:fs';
import { beforeAll, describe, expect, it } from '@jest/globals';
import { Match, type Template } from 'aws-cdk-lib/assertions';
import { resourcesOf, stackTemplate } from '../support/stack.ts';

let template: Template;
beforeAll(() => {
  template = stackTemplate();
});

const only = (of: Template, type: string) => {
  const [resource, ...others] = Object.values(resourcesOf(of, type));
  expect(others).toEqual([]);
  return resource!.Properties;
};
const distribution = () => only(template, 'AWS::CloudFront::Distribution').DistributionConfig;

/** `Fn::Join`s as text, references as `<LogicalId.Attribute>`. */
function asText(value: any): string {
  if (typeof value === 'string') return value;
  if (value.Ref) return `<${value.Ref}>`;
  if (value['Fn::GetAtt']) return `<${value['Fn::GetAtt'].join('.')}>`;
  if (value['Fn::Join']) return value['Fn::Join'][1].map(asText).join('');
  return `<${Object.keys(value)[0]}>`;
}

const directives = (of: Template): Record<string, string[]> => {
  const { SecurityHeadersConfig } = only(of, 'AWS::CloudFront::ResponseHeadersPolicy')
    .ResponseHeadersPolicyConfig as Record<string, any>;
  const policy = asText(SecurityHeadersConfig.ContentSecurityPolicy.ContentSecurityPolicy);
  return Object.fromEntries(policy.split('; ').map((directive) => directive.split(/ (.*)/s, 2))) as never;
};

describe('the distribution', () => {
  it('passes /api/* on uncached, with all methods and headers but Host, by TLS only, through the function', () => {
    const behaviors = distribution().CacheBehaviors;

    expect(behaviors).toEqual([
      expect.objectContaining({
        PathPattern: '/api/*',
        AllowedMethods: expect.arrayContaining(['GET', 'POST', 'DELETE', 'OPTIONS']),
        CachePolicyId: '4135ea2d-6df8-44a3-9df3-4b5a84be39ad', // CachingDisabled
        OriginRequestPolicyId: 'b689b0a8-53d0-40ab-baf2-68738e2966ac', // AllViewerExceptHostHeader
        ViewerProtocolPolicy: 'https-only',
        FunctionAssociations: [expect.objectContaining({ EventType: 'viewer-request' })],
      }),
    ]);
    template.hasResourceProperties('AWS::CloudFront::Function', {
      FunctionConfig: { Runtime: 'cloudfront-js-2.0' },
      FunctionCode: readFileSync('lib/edge/api-request.js', 'utf8'),
    });
  });

  it('shows index.html at its root, speaks HTTP/2 and 3, and puts the same headers on all answers', () => {
    const { DefaultRootObject, HttpVersion, DefaultCacheBehavior, CacheBehaviors } = distribution();

    expect([DefaultRootObject, HttpVersion]).toEqual(['index.html', 'http2and3']);
    expect(DefaultCacheBehavior.ViewerProtocolPolicy).toBe('redirect-to-https');
    expect(DefaultCacheBehavior.ResponseHeadersPolicyId).toEqual(CacheBehaviors[0].ResponseHeadersPolicyId);
  });

  it('replaces no answer by another one: an error of the API stays what it is', () => {
    expect(distribution().CustomErrorResponses).toBeUndefined();
  });

  it('reads its bucket by origin access control, and no other distribution may', () => {
    template.hasResourceProperties('AWS::S3::BucketPolicy', {
      PolicyDocument: {
        Statement: Match.arrayWith([
          Match.objectLike({
            Effect: 'Allow',
            Action: ['s3:GetObject', 's3:ListBucket'],
            Principal: { Service: 'cloudfront.amazonaws.com' },
            Condition: { StringEquals: { 'AWS:SourceArn': Match.anyValue() } },
          }),
        ]),
      },
    });
  });

  it('says where the page is', () => {
    expect(asText(template.findOutputs('PageUrl').PageUrl!.Value)).toMatch(
      /^https:\/\/<PageDistribution\w+\.DomainName>\/$/,
    );
  });
});

describe('the content security policy', () => {
  it('lets the page reach itself, the two buckets and the sign-in, and run nothing inline', () => {
    const policy = directives(template);

    expect(policy['default-src']).toBe("'none'");
    expect(policy['script-src']).toBe("'self'");
    expect(policy['style-src']).toBe("'self'");
    expect(policy['frame-ancestors']).toBe("'none'");
    expect(policy['media-src']).toMatch(/^https:\/\/<ClipsBucket\w+\.RegionalDomainName>$/);
    expect(policy['connect-src']).toMatch(
      /^'self' https:\/\/<Uploads\w+\.RegionalDomainName> https:\/\/cognito-idp\.\S+ https:\/\/clipwright-\S+\.amazoncognito\.com$/,
    );
  });

  it('names the origin of another provider, and none where the page asks nobody to sign in', () => {
    const own = stackTemplate({ issuer: 'https://id.example.com/realm', audience: 'clips' });
    const local = stackTemplate({ pageSignIn: 'none' });

    expect(directives(own)['connect-src']).toMatch(/^'self' \S+ https:\/\/id\.example\.com$/);
    expect(directives(local)['connect-src']).toMatch(/^'self' https:\/\/<Uploads\S+>$/);
  });
});

describe('the files of the page', () => {
  const deployments = () =>
    Object.values(resourcesOf(template, 'Custom::CDKBucketDeployment')).map(({ Properties }) => Properties);

  it('are kept for ever where their names tell their content, and asked for anew where not', () => {
    const told = deployments().map(({ DestinationBucketKeyPrefix, SystemMetadata, Prune, Exclude }) => [
      DestinationBucketKeyPrefix,
      SystemMetadata['cache-control'],
      Prune,
      Exclude,
    ]);

    expect(told).toEqual([
      ['assets', 'public, max-age=31536000, immutable', false, undefined],
      [undefined, 'no-cache', true, ['assets/*']],
    ]);
  });

  it('are written by a role that may do so in this bucket alone', () => {
    const [[, policy] = []] = Object.entries(resourcesOf(template, 'AWS::IAM::Policy')).filter(([id]) =>
      id.startsWith('PageDeployment'),
    );
    const written = policy?.Properties.PolicyDocument.Statement.filter(({ Action }: any) =>
      /s3:(Put|Delete)/.test(JSON.stringify(Action)),
    ).flatMap(({ Resource }: any) => [Resource].flat().map(asText));

    expect(written.length).toBeGreaterThan(0);
    for (const arn of written) expect(arn).toMatch(/^<PageFilesBucket\w+\.Arn>(\/\*)?$/);
  });
});

describe('sign-in at the user pool', () => {
  it('gives a code, for PKCE, to the page alone', () => {
    const client = only(template, 'AWS::Cognito::UserPoolClient');

    expect(client).toMatchObject({ AllowedOAuthFlows: ['code'], AllowedOAuthFlowsUserPoolClient: true });
    expect(client.GenerateSecret).toBeUndefined();
    expect(client.CallbackURLs.map(asText)).toEqual([
      expect.stringMatching(/^https:\/\/<PageDistribution\w+\.DomainName>\/$/),
    ]);
    template.resourceCountIs('AWS::Cognito::UserPoolDomain', 1);
  });
});
