import { Duration } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import type { Announcements } from './announcements.ts';
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
  announcements: Announcements;
  quotas: Quotas;
  /** Who owns what is put under `inbox/`. */
  inboxOwner?: string;
}

/** What EventBridge calls: what follows an arrival, and what mends whatever broke off; occasions.ts says when. */
export function eventFunctions(
  scope: Construct,
  { uploads, clips, jobs, workflow, announcements, quotas, inboxOwner }: Props,
) {
  const receiveUpload = new VerbFunction(scope, 'receive-upload', answering);
  jobs.grantChange(receiveUpload);
  jobs.grantCreate(receiveUpload);
  uploads.grantReadSources(receiveUpload);
  workflow.grantStart(receiveUpload);
  if (inboxOwner) receiveUpload.setVariable('INBOX_OWNER', inboxOwner);
  quotas.grantAdmit(receiveUpload);

  const reconcileJobs = new VerbFunction(scope, 'reconcile-jobs', {
    ...answering,
    timeout: Duration.minutes(4),
  });
  jobs.grantListOpen(reconcileJobs);
  jobs.grantChange(reconcileJobs);
  jobs.grantCreate(reconcileJobs);
  jobs.grantReadClips(reconcileJobs);
  uploads.grantReadSources(reconcileJobs);
  uploads.grantDelete(reconcileJobs);
  uploads.grantAbort(reconcileJobs);
  clips.grantRead(reconcileJobs);
  workflow.grantStart(reconcileJobs);
  workflow.grantDescribe(reconcileJobs);
  announcements.grantStart(reconcileJobs);

  return { receiveUpload, reconcileJobs };
}
