import { BedrockRuntimeClient } from '@aws-sdk/client-bedrock-runtime';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { S3Client } from '@aws-sdk/client-s3';
import { SFNClient } from '@aws-sdk/client-sfn';
import { TranscribeClient } from '@aws-sdk/client-transcribe';
import { createBedrockLanguageModel } from './bedrock-language-model.ts';
import { countedJobs } from './counted-jobs.ts';
import { createDynamoJobStore } from './dynamo-job-store.ts';
import { createDynamoUsageStore } from './dynamo-usage-store.ts';
import { createDynamoWebhookSecrets } from './dynamo-webhook-secrets.ts';
import { env } from './env.ts';
import { createHttpsWebhookCaller } from './https-webhook-caller.ts';
import { meter } from './meter.ts';
import { meteredDynamo, meteredS3 } from './metered-clients.ts';
import { meteredJobs } from './metered-jobs.ts';
import { namedJobs } from './named-jobs.ts';
import { count, countOne, nameJob } from './observability.ts';
import { createS3MultipartUploads } from './s3-multipart-uploads.ts';
import { createS3ObjectStore } from './s3-object-store.ts';
import { createS3UrlSigner } from './s3-url-signer.ts';
import { createStepFunctionsAnnouncements } from './step-functions-announcements.ts';
import { createStepFunctionsWorkflow } from './step-functions-workflow.ts';
import { createTranscribeTranscriber } from './transcribe-transcriber.ts';

// One client of a service in a function: a second one would open connections of its own.
let dynamoClient: DynamoDBClient | undefined;
function dynamo(): DynamoDBClient {
  dynamoClient ??= meteredDynamo(new DynamoDBClient(), meter);
  return dynamoClient;
}

let s3Client: S3Client | undefined;
function s3(): S3Client {
  s3Client ??= meteredS3(new S3Client(), meter);
  return s3Client;
}

/** The adapters, built once a cold start by the handlers that need them. */
export const jobsTable = () => {
  const store = createDynamoJobStore(dynamo(), env.tableName());
  return namedJobs(countedJobs(meteredJobs(store, meter), { count, countOne }), nameJob);
};
export const quotaUsage = () => createDynamoUsageStore(dynamo(), env.tableName(), env.quotas());
export const uploadsBucket = () => createS3ObjectStore(s3(), env.uploadsBucket());
export const multipartUploads = () => createS3MultipartUploads(s3(), env.uploadsBucket());
export const clipsBucket = () => createS3ObjectStore(s3(), env.clipsBucket());
export const stateMachine = () => createStepFunctionsWorkflow(new SFNClient(), env.stateMachineArn());
export const announcements = () => createStepFunctionsAnnouncements(new SFNClient(), env.announcementsArn());
export const webhookSecrets = () => createDynamoWebhookSecrets(dynamo(), env.tableName());
export const webhookCaller = () => createHttpsWebhookCaller({ loopback: env.webhooksToLoopback() });
export const transcriber = () =>
  createTranscribeTranscriber(new TranscribeClient(), uploadsBucket(), {
    uploadsBucket: env.uploadsBucket(),
    language: env.transcriptLanguage(),
  });

/** Who reads what is said; undefined where the deployer has nobody do that. */
export const reading = () => {
  const model = env.languageModel();
  if (!model) return undefined;
  // Throttled, it waits rather than gives up: there is time.
  return {
    transcriber: transcriber(),
    model: createBedrockLanguageModel(new BedrockRuntimeClient({ maxAttempts: 6 }), model),
  };
};

// The SDK would sign the checksum of an empty body into every URL: nobody could upload or download with it.
const signingClient = () =>
  new S3Client({ requestChecksumCalculation: 'WHEN_REQUIRED', responseChecksumValidation: 'WHEN_REQUIRED' });
export const uploadSigner = () => createS3UrlSigner(signingClient(), { uploads: env.uploadsBucket() });
export const downloadSigner = () => createS3UrlSigner(signingClient(), { clips: env.clipsBucket() });
