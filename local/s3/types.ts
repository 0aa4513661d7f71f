import type { Access } from '../iam/access.ts';
import type { EmitEvent } from '../types.ts';

/** `AWS::S3::Bucket.CorsRule`, by CloudFormation's names. */
export interface CorsRule {
  AllowedMethods: string[];
  AllowedOrigins: string[];
  AllowedHeaders?: string[];
  ExposedHeaders?: string[];
  /** In seconds. */
  MaxAge?: number;
}

/** What the template says of a bucket, as far as it is honoured here. */
export interface BucketOptions {
  name: string;
  cors: CorsRule[];
  /** Whether `Object Created` and `Object Deleted` go to the default bus. */
  eventBridge: boolean;
}

export interface S3Options {
  /** Everything stored is under this folder; made if it does not exist. */
  dataDir: string;
  /** 0 for any that is free. */
  port: number;
  access: Access;
  emit: EmitEvent;
  buckets: BucketOptions[];
  /** In ms since the epoch; the system's clock unless told. */
  clock?: () => number;
}
