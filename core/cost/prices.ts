/**
 * What AWS asks for what a job takes: list prices in US dollars, without tax, free tiers and discounts. This is the one
 * file to edit for another region, or when prices change; then `npx jest test/infra/cost-doc.test.ts` tells what changes in
 * docs/cost.md. Pages of AWS fill in most numbers by script, so that some were read where others quote them: `from`.
 */
export const prices = {
  region: 'us-east-1',
  currency: 'USD',
  asOf: '2026-11-22',

  /** First tier, ARM. From 2025-08 on the start of a function is billed as well. */
  lambda: {
    gbSecond: 0.0000133334,
    request: 0.2 / 1e6,
    /** Of /tmp beyond 512 MB. */
    temporaryGbSecond: 0.0000000309,
    page: 'https://aws.amazon.com/lambda/pricing/',
    from: 'https://cloudchipr.com/blog/aws-lambda-pricing',
  },
  /** Standard workflows: each state that is entered, and each retry. */
  states: {
    transition: 0.025 / 1e3,
    page: 'https://aws.amazon.com/step-functions/pricing/',
    from: 'https://aws.amazon.com/step-functions/pricing/',
  },
  /** Standard storage. Deleting costs nothing; of a head that is answered 404 the request counts. */
  s3: {
    /** PUT, COPY, POST, LIST. */
    write: 0.005 / 1e3,
    /** GET, HEAD and all others. */
    read: 0.0004 / 1e3,
    storedGbMonth: 0.023,
    page: 'https://aws.amazon.com/s3/pricing/',
    from: 'https://devnotes.tech/understanding-aws-s3-pricing-a-complete-cost-breakdown-with-examples',
  },
  /** On demand: a unit writes 1 KB, or reads 4 KB consistently. */
  dynamodb: {
    writeUnit: 0.625 / 1e6,
    readUnit: 0.125 / 1e6,
    page: 'https://aws.amazon.com/dynamodb/pricing/on-demand/',
    from: 'https://airbyte.com/data-engineering-resources/dynamodb-pricing',
  },
  httpApi: {
    request: 1 / 1e6,
    page: 'https://aws.amazon.com/api-gateway/pricing/',
    from: 'https://www.apigatewaycost.com/aws',
  },
  /** Events of our own; those of AWS, as an object's arrival, cost nothing. */
  eventBridge: {
    event: 1 / 1e6,
    page: 'https://aws.amazon.com/eventbridge/pricing/',
    from: 'https://cloudburn.io/blog/amazon-eventbridge-pricing',
  },
  /** The page and, behind it, the API: a request by HTTPS, and its function at the edge. 10 and 2 million a month are free. */
  cloudFront: {
    request: 0.01 / 1e4,
    edgeFunction: 0.1 / 1e6,
    page: 'https://aws.amazon.com/cloudfront/pricing/',
    from: 'https://kindatechnical.com/aws-certification-associate-developer/lesson-87-cloudfront-pricing.html',
  },
  cloudWatch: {
    /** Taken in; the first 5 GB a month are free. */
    logGb: 0.5,
    /** Of one's own, by the hours in which it was told; ten are free. */
    metricMonth: 0.3,
    page: 'https://aws.amazon.com/cloudwatch/pricing/',
    from: 'https://signoz.io/guides/cloudwatch-pricing',
  },
  /** To the internet, the first 10 TB a month; 100 GB of an account's are free. Into S3, and from S3 to functions: nothing. */
  transferOut: {
    gb: 0.09,
    page: 'https://aws.amazon.com/ec2/pricing/on-demand/#Data_Transfer',
    from: 'https://www.apigatewaycost.com/aws',
  },
  /** In batches, the first 250,000 minutes; by the second, at least 15. */
  transcribe: {
    second: 0.024 / 60,
    leastSeconds: 15,
    page: 'https://aws.amazon.com/transcribe/pricing/',
    from: 'https://privocio.com/blog/speech-to-text-api-pricing-2026-true-cost-compared',
  },
  /** By a part of the model's id. One that is not here has no price: tokens are told, dollars are not. */
  models: {
    'claude-haiku-4-5': {
      inputToken: 1 / 1e6,
      outputToken: 5 / 1e6,
      page: 'https://aws.amazon.com/bedrock/pricing/',
      from: 'https://clauder-navi.com/en/bedrock-claude-cost/',
    },
  } as Record<string, ModelPrice>,
} as const;

export interface ModelPrice {
  inputToken: number;
  outputToken: number;
  page: string;
  from: string;
}
