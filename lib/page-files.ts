import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Duration, Stack } from 'aws-cdk-lib';
import { Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import type { Bucket } from 'aws-cdk-lib/aws-s3';
import { BucketDeployment, CacheControl, Source } from 'aws-cdk-lib/aws-s3-deployment';
import { Construct } from 'constructs';
import { buildPage } from '../web/build.ts';
import { acknowledge, acknowledgeWildcard } from './acknowledge.ts';
import { logGroup } from './log-group.ts';

interface Props {
  bucket: Bucket;
  /** What the page reads from /config.json; may hold values that are known only when deployed. */
  config: Record<string, unknown>;
}

/** The built page in its bucket: `assets/`, named by their content, are kept for ever; all else is asked for anew. */
export class PageFiles extends Construct {
  constructor(scope: Construct, id: string, { bucket, config }: Props) {
    super(scope, id);
    const logs = logGroup(this, 'Logs');
    const role = new Role(this, 'Role', { assumedBy: new ServicePrincipal('lambda.amazonaws.com') });
    logs.grantWrite(role);
    const common = { destinationBucket: bucket, role, logGroup: logs };

    const built = mkdtempSync(join(tmpdir(), 'clipwright-page-'));
    try {
      buildPage(built);
      const assets = new BucketDeployment(this, 'Assets', {
        ...common,
        sources: [Source.asset(join(built, 'assets'))],
        destinationKeyPrefix: 'assets',
        // A page that is open still, or was asked for a moment ago, finds what it was built with.
        prune: false,
        cacheControl: [
          CacheControl.setPublic(),
          CacheControl.maxAge(Duration.days(365)),
          CacheControl.immutable(),
        ],
      });
      const others = new BucketDeployment(this, 'Others', {
        ...common,
        sources: [Source.asset(built, { exclude: ['assets'] }), Source.jsonData('config.json', config)],
        exclude: ['assets/*'],
        prune: true,
        cacheControl: [CacheControl.noCache()],
      });
      // The page last: whoever gets the new one finds its assets.
      others.node.addDependency(assets);
    } finally {
      rmSync(built, { recursive: true, force: true });
    }
    this.acknowledgeFindings(role, bucket);
  }

  private acknowledgeFindings(role: Role, bucket: Bucket): void {
    const grants =
      "CDK's own grants, to its own function: reading its asset bucket, and writing this one bucket.";
    for (const action of ['GetBucket*', 'GetObject*', 'List*', 'Abort*', 'DeleteObject*']) {
      acknowledge(role, `IAM5[Action::s3:${action}]`, grants);
    }
    const stack = Stack.of(this);
    acknowledgeWildcard(role, bucket.arnForObjects('*'), grants);
    const assets = `cdk-${stack.synthesizer.bootstrapQualifier}-assets-<AWS::AccountId>-<AWS::Region>`;
    acknowledge(role, `IAM5[Resource::arn:<AWS::Partition>:s3:::${assets}/*]`, grants);

    const handler = stack.node.children.find(({ node }) => node.id.startsWith('Custom::CDKBucketDeployment'));
    if (handler) acknowledge(handler, 'L1', "CDK's own code, in the runtime that it was written for.");
  }
}
