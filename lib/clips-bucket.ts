import { Duration } from 'aws-cdk-lib';
import { ArnPrincipal, Effect, PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { HttpMethods } from 'aws-cdk-lib/aws-s3';
import type { Construct } from 'constructs';
import { PrivateBucket } from './private-bucket.ts';
import type { Settings } from './settings.ts';
import type { VerbFunction } from './verb-function.ts';

/** The product. Nothing may delete here but `delete-job`, at its owner's word. */
export class ClipsBucket extends PrivateBucket {
  constructor(scope: Construct, id: string, settings: Pick<Settings, 'allowedOrigins' | 'keepData'>) {
    const { allowedOrigins, keepData } = settings;
    super(scope, id, {
      keepData,
      cors: [
        {
          allowedMethods: [HttpMethods.GET, HttpMethods.HEAD],
          allowedOrigins,
          allowedHeaders: ['*'],
          exposedHeaders: ['ETag', 'Content-Length', 'Content-Range'],
          maxAge: 3600,
        },
      ],
      lifecycleRules: [
        { id: 'AbortUnfinishedUploads', abortIncompleteMultipartUploadAfter: Duration.days(1) },
      ],
    });
  }

  grantRead(fn: VerbFunction): void {
    this.allowRead(fn, ['clips']);
    this.name(fn);
  }

  /** Signing downloads. */
  grantDownload(fn: VerbFunction): void {
    this.allowObjects(fn, ['s3:GetObject'], ['clips']);
    this.name(fn);
  }

  grantWrite(fn: VerbFunction): void {
    this.allowObjects(fn, ['s3:PutObject'], ['clips']);
    this.name(fn);
  }

  grantDelete(fn: VerbFunction): void {
    this.allowObjects(fn, ['s3:DeleteObject'], ['clips']);
    this.name(fn);
  }

  /** Whatever their roles may come to say. */
  denyDeletes(functions: VerbFunction[]): void {
    this.bucket.addToResourcePolicy(
      new PolicyStatement({
        sid: 'ClipsAreNeverDeletedByThePipeline',
        effect: Effect.DENY,
        principals: functions.map(({ role }) => new ArnPrincipal(role.roleArn)),
        actions: ['s3:DeleteObject', 's3:DeleteObjectVersion'],
        resources: [this.bucket.arnForObjects('*')],
      }),
    );
  }

  private name(fn: VerbFunction): void {
    fn.setVariable('CLIPS_BUCKET', this.bucket.bucketName);
  }
}
