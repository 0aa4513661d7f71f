import type { RequestListener } from 'node:http';
import { GetObjectCommand, HeadObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { getSignedUrl } from '@aws-sdk/s3-request-presigner';
import type { AccessKey } from '../iam/keys.ts';
import type { Stack } from '../template/stack.ts';
import { region } from '../types.ts';
import { bucketDeploymentsOf } from './bucket-deployments.ts';
import { deployFiles } from './deploy-files.ts';
import type { Distribution } from './distribution.ts';
import { createEdge } from './edge.ts';

export interface EdgeOptions {
  stack: Stack;
  distribution: Distribution;
  apiUrl: string;
  s3Url: string;
  /** By the ARNs of roles and distributions. */
  keys: ReadonlyMap<string, AccessKey>;
  log(line: string): void;
}

/** Puts the files of the stack's deployments into their buckets, and answers what serves the distribution. */
export async function startEdge(options: EdgeOptions): Promise<RequestListener> {
  const { stack, distribution, apiUrl, s3Url, keys, log } = options;
  const clientOf = (arn: string) =>
    new S3Client({ endpoint: s3Url, region, credentials: keys.get(arn)!, forcePathStyle: true });

  for (const deployment of bucketDeploymentsOf(stack)) {
    const s3 = clientOf(deployment.roleArn);
    await deployFiles(deployment, s3);
    s3.destroy();
  }

  const s3 = clientOf(distribution.arn);
  return createEdge({
    distribution: { ...distribution, behaviors: distribution.behaviors.map(withLocalBuckets(stack, s3Url)) },
    apiUrl,
    s3Url,
    async signObject(Bucket, Key, method) {
      const command = new (method === 'HEAD' ? HeadObjectCommand : GetObjectCommand)({ Bucket, Key });
      const url = await getSignedUrl(s3, command, { expiresIn: 60 });
      return url.slice(s3Url.length);
    },
    log,
  });
}

/** Policies name buckets by their hosts on AWS; here they are all at one address. */
function withLocalBuckets(stack: Stack, s3Url: string) {
  const origins = stack
    .ofType('AWS::S3::Bucket')
    .map(({ attributes }) => `https://${attributes.RegionalDomainName}`);
  const translated = (text: string) => origins.reduce((said, origin) => said.replaceAll(origin, s3Url), text);
  return (behavior: Distribution['behaviors'][number]) => ({
    ...behavior,
    headers: behavior.headers.map((header) => ({ ...header, value: translated(header.value) })),
  });
}
