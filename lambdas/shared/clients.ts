import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { S3Client } from '@aws-sdk/client-s3';
import { SFNClient } from '@aws-sdk/client-sfn';
import { createDynamoJobStore } from './dynamo-job-store.ts';
import { env } from './env.ts';
import { createS3MultipartUploads } from './s3-multipart-uploads.ts';
import { createS3ObjectStore } from './s3-object-store.ts';
import { createS3UrlSigner } from './s3-url-signer.ts';
import { createStepFunctionsWorkflow } from './step-functions-workflow.ts';

/** The adapters, built once a cold start by the handlers that need them. */
export const jobsTable = () => createDynamoJobStore(new DynamoDBClient(), env.tableName());
export const uploadsBucket = () => createS3ObjectStore(new S3Client(), env.uploadsBucket());
export const multipartUploads = () => createS3MultipartUploads(new S3Client(), env.uploadsBucket());
export const clipsBucket = () => createS3ObjectStore(new S3Client(), env.clipsBucket());
export const stateMachine = () => createStepFunctionsWorkflow(new SFNClient(), env.stateMachineArn());

// The SDK would sign the checksum of an empty body into every URL: nobody could upload or download with it.
const signingClient = () =>
  new S3Client({ requestChecksumCalculation: 'WHEN_REQUIRED', responseChecksumValidation: 'WHEN_REQUIRED' });
export const uploadSigner = () => createS3UrlSigner(signingClient(), { uploads: env.uploadsBucket() });
export const downloadSigner = () => createS3UrlSigner(signingClient(), { clips: env.clipsBucket() });
