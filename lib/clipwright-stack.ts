import { CfnOutput, Stack, type StackProps } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import { Announcements } from './announcements.ts';
import { keepAutoDeleteLogs } from './auto-delete-logs.ts';
import { ClipsBucket } from './clips-bucket.ts';
import { eventFunctions } from './event-functions.ts';
import { ffmpegLayer } from './ffmpeg-layer.ts';
import { HttpApi } from './http-api.ts';
import { JobActions } from './job-actions.ts';
import { JobWorkflow } from './job-workflow.ts';
import { JobsTable } from './jobs-table.ts';
import { grantAsk } from './language-model.ts';
import { nextSteps } from './next-steps.ts';
import { Occasions } from './occasions.ts';
import { PipelineFunctions } from './pipeline-functions.ts';
import { Quotas } from './quotas.ts';
import { readSettings } from './settings.ts';
import { signIn } from './sign-in.ts';
import { Transcription } from './transcription.ts';
import { uploadFunctions } from './upload-functions.ts';
import { UploadsBucket } from './uploads-bucket.ts';
import { answering, VerbFunction } from './verb-function.ts';
import { Watch } from './watch/watch.ts';
import { WebPage } from './web-page.ts';

/** The whole of Clipwright, in the order in which the parts stand on each other. */
export class ClipwrightStack extends Stack {
  constructor(scope: Construct, id: string, props?: StackProps) {
    super(scope, id, props);
    const settings = readSettings(this.node);

    const uploads = new UploadsBucket(this, 'Uploads', settings);
    const clips = new ClipsBucket(this, 'Clips', settings);
    const jobs = new JobsTable(this, 'Jobs', settings);
    const ffmpeg = ffmpegLayer(this, 'Ffmpeg', settings.ffmpegLayer);

    const { renderMemoryMb, inboxOwner } = settings;
    const pipeline = new PipelineFunctions(this, 'Pipeline', {
      uploads,
      clips,
      jobs,
      ffmpeg,
      renderMemoryMb,
    });
    const transcription =
      settings.transcript &&
      new Transcription(this, 'Transcription', { uploads, jobs, ...settings.transcript });
    if (settings.transcript) grantAsk(pipeline.selectSegments, settings.transcript.model);
    const workflow = new JobWorkflow(this, 'Workflow', pipeline, transcription);
    const announcements = new Announcements(this, 'Announcements', jobs);
    announcements.grantStart(pipeline.announceJob);

    const quotas = new Quotas(jobs, settings.quotas);
    const parts = { uploads, clips, jobs, workflow, announcements, quotas };
    const { presignUpload, multipartUpload, serveUppy, createJob, submitFile } = uploadFunctions(this, parts);

    const readJobs = new VerbFunction(this, 'read-jobs', answering);
    jobs.grantRead(readJobs);
    jobs.grantReadClips(readJobs);
    jobs.grantListByOwner(readJobs);
    clips.grantDownload(readJobs);

    const { retryJob, cancelJob, deleteJob } = new JobActions(this, 'Actions', parts);
    const { receiveUpload, reconcileJobs } = eventFunctions(this, { ...parts, inboxOwner });

    const serveWebhookSecret = new VerbFunction(this, 'serve-webhook-secret', answering);
    jobs.grantCreate(serveWebhookSecret);
    jobs.grantChange(serveWebhookSecret);

    const describeApi = new VerbFunction(this, 'describe-api', answering);
    const redirectPath = new VerbFunction(this, 'redirect-path', answering);

    const identity = signIn(this, settings);
    const api = new HttpApi(this, 'HttpApi', {
      allowedOrigins: settings.allowedOrigins,
      requestsPerSecond: settings.requestsPerSecond,
      authorizer: identity.authorizer,
      routes: {
        'POST /api/upload/presigned-url': presignUpload,
        'POST /api/upload/multipart/initiate': multipartUpload,
        'POST /api/upload/multipart/urls': multipartUpload,
        'POST /api/upload/multipart/parts': multipartUpload,
        'POST /api/upload/multipart/complete': multipartUpload,
        'POST /api/upload/multipart/abort': multipartUpload,
        'GET /api/uppy/s3/params': serveUppy,
        'POST /api/uppy/s3/multipart': serveUppy,
        'GET /api/uppy/s3/multipart/{uploadId}': serveUppy,
        'GET /api/uppy/s3/multipart/{uploadId}/{partNumber}': serveUppy,
        'POST /api/uppy/s3/multipart/{uploadId}/complete': serveUppy,
        'DELETE /api/uppy/s3/multipart/{uploadId}': serveUppy,
        'POST /api/upload/create-job': createJob,
        'POST /api/jobs': submitFile,
        'GET /api/jobs': readJobs,
        'GET /api/jobs/{id}': readJobs,
        'GET /api/jobs/{id}/status': readJobs,
        'GET /api/jobs/{id}/clips': readJobs,
        'GET /api/jobs/{id}/timeline': readJobs,
        'POST /api/jobs/{id}/retry': retryJob,
        'POST /api/jobs/{id}/cancel': cancelJob,
        'DELETE /api/jobs/{id}': deleteJob,
        'GET /api/webhook-secret': serveWebhookSecret,
        'POST /api/webhook-secret/rotate': serveWebhookSecret,
      },
      publicRoutes: {
        'GET /api/openapi.json': describeApi,
        'GET /api/health': describeApi,
        'HEAD /api/health': describeApi,
      },
      fallback: redirectPath,
    });
    const prefixes = inboxOwner ? ['uploads/', 'inbox/'] : ['uploads/'];
    const { deadLetters } = new Occasions(this, 'Occasions', {
      uploads,
      prefixes,
      workflow,
      receiveUpload,
      reconcileJobs,
      deleteJob,
    });

    const functions = this.node.findAll().filter((part) => part instanceof VerbFunction);
    clips.denyDeletes(functions.filter((fn) => fn !== deleteJob));

    const page = new WebPage(this, 'Page', {
      apiUrl: api.url,
      allowed: { connect: [uploads.origin], media: [clips.origin] },
      signIn: settings.pageSignIn ? identity : undefined,
      domain: settings.domain,
    });
    keepAutoDeleteLogs(this);

    if (settings.alarms) {
      new Watch(this, 'Watch', {
        stateMachine: workflow.stateMachine,
        api: api.api,
        deadLetters,
        untold: announcements.deadLetters,
        reconcileJobs: reconcileJobs.function,
        steps: pipeline.all(),
        alarmEmail: settings.alarms.email,
      });
    }

    new CfnOutput(this, 'PageUrl', { value: page.url });
    new CfnOutput(this, 'ApiUrl', { value: api.url });
    new CfnOutput(this, 'UploadsBucketName', { value: uploads.bucket.bucketName });
    new CfnOutput(this, 'ClipsBucketName', { value: clips.bucket.bucketName });
    nextSteps(this, { pageUrl: page.url, identity, keepData: settings.keepData });
  }
}
