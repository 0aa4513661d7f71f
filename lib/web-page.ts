import { CfnOutput, Fn, Stack, Validations } from 'aws-cdk-lib';
import { Certificate } from 'aws-cdk-lib/aws-certificatemanager';
import {
  AccessLevel,
  AllowedMethods,
  type BehaviorOptions,
  CachePolicy,
  Distribution,
  Function as EdgeFunction,
  FunctionCode,
  FunctionEventType,
  FunctionRuntime,
  HttpVersion,
  OriginRequestPolicy,
  PriceClass,
  S3OriginAccessControl,
  ViewerProtocolPolicy,
} from 'aws-cdk-lib/aws-cloudfront';
import { HttpOrigin, S3BucketOrigin } from 'aws-cdk-lib/aws-cloudfront-origins';
import { Construct } from 'constructs';
import { acknowledge } from './acknowledge.ts';
import type { AllowedOrigins } from './edge/content-security-policy.ts';
import { securityHeaders } from './edge/security-headers.ts';
import { globalName } from './global-name.ts';
import { PageFiles } from './page-files.ts';
import { PrivateBucket } from './private-bucket.ts';
import type { DomainSettings } from './settings.ts';
import type { SignIn } from './sign-in.ts';

interface Props {
  /** Of the HTTP API: `https://….execute-api.….amazonaws.com/`. */
  apiUrl: string;
  allowed: AllowedOrigins;
  /** None: the page asks nobody to sign in. */
  signIn?: SignIn;
  /** None: an address at cloudfront.net. */
  domain?: DomainSettings;
}

/** The page and the API under one origin: files from a private bucket, /api/* from the HTTP API; docs/adr/0011. */
export class WebPage extends Construct {
  readonly url: string;

  constructor(scope: Construct, id: string, { apiUrl, allowed, signIn, domain }: Props) {
    super(scope, id);
    const { bucket } = new PrivateBucket(this, 'Files', { cors: [], lifecycleRules: [], keepData: false });
    const responseHeadersPolicy = securityHeaders(this, 'Headers', {
      ...allowed,
      connect: [...allowed.connect, ...(signIn?.origins ?? [])],
    });

    const distribution = new Distribution(this, 'Distribution', {
      comment: `${Stack.of(this).stackName}: the page, and the API under /api`,
      defaultRootObject: 'index.html',
      httpVersion: HttpVersion.HTTP2_AND_3,
      // Media go straight between browser and bucket. What passes here is so little that the dear regions cost cents.
      priceClass: PriceClass.PRICE_CLASS_ALL,
      defaultBehavior: {
        origin: S3BucketOrigin.withOriginAccessControl(bucket, {
          originAccessControl: new S3OriginAccessControl(this, 'Access', {
            originAccessControlName: globalName(this),
          }),
          // Listing makes a missing file a 404; S3 says 403 else. Nobody gets a list: queries stay behind.
          originAccessLevels: [AccessLevel.READ, AccessLevel.LIST],
        }),
        cachePolicy: CachePolicy.CACHING_OPTIMIZED,
        viewerProtocolPolicy: ViewerProtocolPolicy.REDIRECT_TO_HTTPS,
        responseHeadersPolicy,
      },
      ...(domain && {
        domainNames: [domain.name],
        certificate: Certificate.fromCertificateArn(this, 'Certificate', domain.certificateArn),
      }),
      additionalBehaviors: { '/api/*': { ...this.apiBehavior(apiUrl), responseHeadersPolicy } },
    });
    Validations.of(distribution).acknowledge({
      id: '@aws-cdk/aws-cloudfront-origins:listBucketSecurityRisk',
      reason: 'The root object is set, and no query reaches the bucket.',
    });
    acknowledge(distribution, 'CFR1', 'People anywhere may use it; the API asks who they are.');
    acknowledge(
      distribution,
      'CFR2',
      'WAF costs by the month, also when idle. The API throttles and authorizes.',
    );
    acknowledge(distribution, 'CFR3', 'The API logs by route; logs of paths would tell more than is needed.');
    if (!domain) acknowledge(distribution, 'CFR4', 'TLS 1.2 needs a domain and a certificate of your own.');

    if (domain) {
      new CfnOutput(Stack.of(this), 'NextStep0Dns', {
        description: 'A record to make where the name is registered',
        value: `${domain.name} CNAME ${distribution.domainName}`,
      });
    }
    this.url = `https://${domain?.name ?? distribution.domainName}/`;
    signIn?.letReturnTo(this.url);
    const { issuer, clientId } = signIn ?? {};
    new PageFiles(this, 'Deployment', {
      bucket,
      // Snake case, as all that goes over the wire.
      config: { sign_in: signIn ? { issuer, client_id: clientId } : null },
    });
  }

  private apiBehavior(apiUrl: string): BehaviorOptions {
    return {
      origin: new HttpOrigin(Fn.select(2, Fn.split('/', apiUrl))),
      allowedMethods: AllowedMethods.ALLOW_ALL,
      cachePolicy: CachePolicy.CACHING_DISABLED,
      // Authorization among all the others; but API Gateway goes by Host, which must be its own.
      originRequestPolicy: OriginRequestPolicy.ALL_VIEWER_EXCEPT_HOST_HEADER,
      // No redirect: a token that went out in plain text once is lost.
      viewerProtocolPolicy: ViewerProtocolPolicy.HTTPS_ONLY,
      functionAssociations: [
        {
          eventType: FunctionEventType.VIEWER_REQUEST,
          function: new EdgeFunction(this, 'ApiRequest', {
            code: FunctionCode.fromFile({ filePath: 'lib/edge/api-request.js' }),
            runtime: FunctionRuntime.JS_2_0,
          }),
        },
      ],
    };
  }
}
