import type { Construct } from 'constructs';
import type { JobWorkflow } from './job-workflow.ts';
import type { JobsTable } from './jobs-table.ts';
import type { Quotas } from './quotas.ts';
import type { UploadsBucket } from './uploads-bucket.ts';
import { answering, completing, VerbFunction } from './verb-function.ts';

interface Props {
  uploads: UploadsBucket;
  jobs: JobsTable;
  workflow: JobWorkflow;
  quotas: Quotas;
}

/** The ways by which a recording comes in, and a job is made of it: a form, parts, Uppy, one request with all of it. */
export function uploadFunctions(scope: Construct, { uploads, jobs, workflow, quotas }: Props) {
  const presignUpload = new VerbFunction(scope, 'presign-upload', answering);
  jobs.grantCreate(presignUpload);
  uploads.grantUpload(presignUpload);

  const multipartUpload = new VerbFunction(scope, 'multipart-upload', completing);
  const serveUppy = new VerbFunction(scope, 'serve-uppy', completing);
  for (const fn of [multipartUpload, serveUppy]) {
    jobs.grantCreate(fn);
    jobs.grantChange(fn);
    uploads.grantMultipart(fn);
  }

  const createJob = new VerbFunction(scope, 'create-job', answering);
  jobs.grantChange(createJob);
  jobs.grantCreate(createJob);
  uploads.grantReadSources(createJob);
  workflow.grantStart(createJob);

  const submitFile = new VerbFunction(scope, 'submit-file', answering);
  jobs.grantCreate(submitFile);
  jobs.grantChange(submitFile);
  uploads.grantUpload(submitFile);
  workflow.grantStart(submitFile);

  for (const fn of [presignUpload, multipartUpload, serveUppy, createJob, submitFile]) {
    uploads.grantWriteGiven(fn);
  }
  // What create-job makes a job of was admitted when its upload began.
  for (const fn of [presignUpload, multipartUpload, serveUppy, submitFile]) quotas.grantAdmit(fn);

  return { presignUpload, multipartUpload, serveUppy, createJob, submitFile };
}
