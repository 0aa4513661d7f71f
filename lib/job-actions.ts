import { Duration } from 'aws-cdk-lib';
import { Construct } from 'constructs';
import type { ClipsBucket } from './clips-bucket.ts';
import type { JobWorkflow } from './job-workflow.ts';
import type { JobsTable } from './jobs-table.ts';
import type { Quotas } from './quotas.ts';
import type { UploadsBucket } from './uploads-bucket.ts';
import { answering, VerbFunction } from './verb-function.ts';

interface Props {
  uploads: UploadsBucket;
  clips: ClipsBucket;
  jobs: JobsTable;
  workflow: JobWorkflow;
  quotas: Quotas;
}

/** What an owner may do to a job of theirs. */
export class JobActions extends Construct {
  readonly retryJob: VerbFunction;
  readonly cancelJob: VerbFunction;
  /** The only function that may delete clips. */
  readonly deleteJob: VerbFunction;

  constructor(scope: Construct, id: string, { uploads, clips, jobs, workflow, quotas }: Props) {
    super(scope, id);

    this.retryJob = new VerbFunction(this, 'retry-job', answering);
    jobs.grantChange(this.retryJob);
    jobs.grantCreate(this.retryJob);
    jobs.grantReadClips(this.retryJob);
    uploads.grantReadSources(this.retryJob);
    workflow.grantStart(this.retryJob);
    quotas.grantAdmit(this.retryJob);

    this.cancelJob = new VerbFunction(this, 'cancel-job', answering);
    jobs.grantChange(this.cancelJob);
    jobs.grantCreate(this.cancelJob);
    jobs.grantReadClips(this.cancelJob);
    uploads.grantAbort(this.cancelJob);
    workflow.grantStop(this.cancelJob);

    this.deleteJob = new VerbFunction(this, 'delete-job', { ...answering, timeout: Duration.minutes(4) });
    jobs.grantChange(this.deleteJob);
    jobs.grantListOpen(this.deleteJob);
    jobs.grantErase(this.deleteJob);
    uploads.grantDelete(this.deleteJob);
    uploads.grantAbort(this.deleteJob);
    clips.grantRead(this.deleteJob);
    clips.grantDelete(this.deleteJob);
  }
}
