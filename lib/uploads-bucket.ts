import { Duration } from 'aws-cdk-lib';
import { type CfnBucket, HttpMethods } from 'aws-cdk-lib/aws-s3';
import type { Construct } from 'constructs';
import { PrivateBucket } from './private-bucket.ts';
import type { VerbFunction } from './verb-function.ts';

/** Where files arrive (`uploads/`, `inbox/`) and the audio lies while it is needed (`work/`). Nothing stays here. */
export class UploadsBucket extends PrivateBucket {
  constructor(scope: Construct, id: string, { allowedOrigins }: { allowedOrigins: string[] }) {
    super(scope, id, {
      // Sources wait for their jobs here, and go within days in any case.
      keepData: false,
      cors: [
        {
          allowedMethods: [HttpMethods.POST, HttpMethods.PUT],
          allowedOrigins,
          allowedHeaders: ['*'],
          exposedHeaders: ['ETag', 'Location'],
          maxAge: 3600,
        },
      ],
      // The last net, should cleanup never come: jobs are long done or dead by then.
      lifecycleRules: [
        { id: 'ExpireEverything', expiration: Duration.days(7) },
        { id: 'AbortUnfinishedUploads', abortIncompleteMultipartUploadAfter: Duration.days(1) },
      ],
    });

    // Not `eventBridgeEnabled`: that would bring along a custom resource to set this very property.
    const bucket = this.bucket.node.defaultChild as CfnBucket;
    bucket.notificationConfiguration = { eventBridgeConfiguration: { eventBridgeEnabled: true } };
  }

  /** Signing forms that upload a source. */
  grantUpload(fn: VerbFunction): void {
    this.allowObjects(fn, ['s3:PutObject'], ['uploads']);
    this.name(fn);
  }

  /** Beginning, signing, listing, completing and giving up uploads in parts; reading what came of them. */
  grantMultipart(fn: VerbFunction): void {
    this.allowObjects(
      fn,
      ['s3:PutObject', 's3:ListMultipartUploadParts', 's3:AbortMultipartUpload'],
      ['uploads'],
    );
    this.allowRead(fn, ['uploads']);
    this.name(fn);
  }

  /** Giving up an upload in parts that nobody goes on with. */
  grantAbort(fn: VerbFunction): void {
    this.allowObjects(fn, ['s3:AbortMultipartUpload'], ['uploads']);
    this.name(fn);
  }

  grantReadSources(fn: VerbFunction): void {
    this.allowRead(fn, ['uploads', 'inbox']);
    this.name(fn);
  }

  grantReadAudio(fn: VerbFunction): void {
    this.allowRead(fn, ['work']);
    this.name(fn);
  }

  grantWriteAudio(fn: VerbFunction): void {
    this.allowObjects(fn, ['s3:PutObject'], ['work']);
    this.name(fn);
  }

  /**
   * Having the audio transcribed: Amazon Transcribe reads and writes with the rights of whoever begins, and first tries
   * whether it may write, by a file that it leaves; docs/adr/0013. Captions are made of what comes of it.
   */
  grantTranscribe(fn: VerbFunction): void {
    const [audio, captions] = ['audio.flac', 'captions.spoken.vtt'].map((name) => this.work(name));
    const results = ['transcript-*.json', '.write_access_check_file.temp'].map((name) => this.work(name));
    const reason = 'What transcribing reads and writes of any job, and nothing else that lies beside it.';
    fn.allow(['s3:GetObject'], [audio!, ...results], reason);
    fn.allow(['s3:PutObject'], [captions!, ...results], reason);
    fn.allow(['s3:ListBucket'], [this.bucket.bucketArn]);
    this.name(fn);
  }

  grantReadGiven(fn: VerbFunction): void {
    this.allowGiven(fn, 's3:GetObject');
    // Listing too, to tell a missing object from one that may not be seen.
    fn.allow(['s3:ListBucket'], [this.bucket.bucketArn]);
  }

  grantWriteGiven(fn: VerbFunction): void {
    this.allowGiven(fn, 's3:PutObject');
  }

  /** Deleting exactly the object that was recorded: `If-Match` needs GetObject too, and listing tells what is gone already. */
  grantDelete(fn: VerbFunction): void {
    this.allowObjects(fn, ['s3:DeleteObject', 's3:GetObject'], ['uploads', 'inbox', 'work']);
    fn.allow(['s3:ListBucket'], [this.bucket.bucketArn]);
    this.name(fn);
  }

  /** What comes with a request beside its settings. */
  private allowGiven(fn: VerbFunction, action: string): void {
    const given = ['captions.*', 'watermark.png'].map((name) => this.work(name));
    fn.allow([action], given, 'Captions and watermark of any job, and nothing else that lies beside them.');
    this.name(fn);
  }

  /** Files of this name in the working folder of any job. */
  private work(name: string): string {
    return this.bucket.arnForObjects(`work/*/${name}`);
  }

  private name(fn: VerbFunction): void {
    fn.setVariable('UPLOADS_BUCKET', this.bucket.bucketName);
  }
}
