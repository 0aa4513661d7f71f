import { AnyPrincipal, Effect, PolicyStatement } from 'aws-cdk-lib/aws-iam';
import {
  BlockPublicAccess,
  Bucket,
  BucketEncryption,
  type CorsRule,
  type LifecycleRule,
  ObjectOwnership,
} from 'aws-cdk-lib/aws-s3';
import { Construct } from 'constructs';
import { limits } from '../core/limits.ts';
import { acknowledge } from './acknowledge.ts';
import { removalPolicy } from './kept.ts';
import type { VerbFunction } from './verb-function.ts';

export interface PrivateBucketProps {
  cors: CorsRule[];
  lifecycleRules: LifecycleRule[];
  /** When the stack goes; else the bucket is emptied and goes, too. */
  keepData: boolean;
}

/** A bucket that nobody but our roles and the URLs they sign can reach: no public access, no ACLs, TLS only. */
export class PrivateBucket extends Construct {
  readonly bucket: Bucket;

  constructor(scope: Construct, id: string, { cors, lifecycleRules, keepData }: PrivateBucketProps) {
    super(scope, id);
    this.bucket = new Bucket(this, 'Bucket', {
      cors,
      lifecycleRules,
      encryption: BucketEncryption.S3_MANAGED,
      blockPublicAccess: BlockPublicAccess.BLOCK_ALL,
      objectOwnership: ObjectOwnership.BUCKET_OWNER_ENFORCED,
      enforceSSL: true,
      removalPolicy: removalPolicy(keepData),
      autoDeleteObjects: !keepData,
    });
    this.bucket.addToResourcePolicy(
      new PolicyStatement({
        sid: 'DenySignaturesOlderThanAnHour',
        effect: Effect.DENY,
        principals: [new AnyPrincipal()],
        actions: ['s3:*'],
        resources: [this.bucket.bucketArn, this.bucket.arnForObjects('*')],
        conditions: { NumericGreaterThan: { 's3:signatureAge': limits.urlLifeSeconds * 1000 } },
      }),
    );
    acknowledge(
      this.bucket,
      'S1',
      'Every access is by a role of this stack or a URL it signed and logged; access logs would double the objects.',
    );
  }

  /** Where signed URLs of it lead: `https://….s3.….amazonaws.com`. */
  get origin(): string {
    return `https://${this.bucket.bucketRegionalDomainName}`;
  }

  /** Reading one object. Listing too: to who may not list, S3 answers 403 for an object that is not there. */
  protected allowRead(fn: VerbFunction, prefixes: string[]): void {
    this.allowObjects(fn, ['s3:GetObject'], prefixes);
    fn.allow(['s3:ListBucket'], [this.bucket.bucketArn]);
  }

  protected allowObjects(fn: VerbFunction, actions: string[], prefixes: string[]): void {
    const objects = prefixes.map((prefix) => this.bucket.arnForObjects(`${prefix}/*`));
    fn.allow(
      actions,
      objects,
      'Keys hold ids that are made at run time; the prefix is as narrow as it gets.',
    );
  }
}
