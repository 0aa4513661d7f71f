import { Duration, Stack } from 'aws-cdk-lib';
import { Construct } from 'constructs';
import type { JobsTable } from './jobs-table.ts';
import type { TranscriptSettings } from './settings.ts';
import type { UploadsBucket } from './uploads-bucket.ts';
import { answering, VerbFunction } from './verb-function.ts';

interface Props extends TranscriptSettings {
  uploads: UploadsBucket;
  jobs: JobsTable;
}

/** The step that has the audio written down by Amazon Transcribe; docs/adr/0013. */
export class Transcription extends Construct {
  readonly transcribeAudio: VerbFunction;

  constructor(scope: Construct, id: string, { uploads, jobs, language }: Props) {
    super(scope, id);
    // A transcript of hours is some 20 MB of JSON.
    const fn = new VerbFunction(this, 'transcribe-audio', {
      ...answering,
      memoryMb: 1024,
      timeout: Duration.minutes(1),
    });
    jobs.grantChange(fn);
    jobs.grantCreate(fn);
    uploads.grantTranscribe(fn);
    this.allowTranscribe(fn, uploads);
    if (language) fn.setVariable('TRANSCRIPT_LANGUAGE', language);
    this.transcribeAudio = fn;
  }

  private allowTranscribe(fn: VerbFunction, uploads: UploadsBucket): void {
    const reason = 'Starting knows no resources; the result may go into the uploads bucket alone.';
    const intoUploads = { StringEquals: { 'transcribe:OutputBucketName': uploads.bucket.bucketName } };
    fn.allow(['transcribe:StartTranscriptionJob'], ['*'], reason, intoUploads);
    const jobs = Stack.of(this).formatArn({
      service: 'transcribe',
      resource: 'transcription-job',
      resourceName: 'clipwright-*',
    });
    fn.allow(['transcribe:GetTranscriptionJob'], [jobs], 'Transcriptions are named after jobs.');
  }
}
