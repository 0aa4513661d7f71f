import {
  ConflictException,
  GetTranscriptionJobCommand,
  type LanguageCode,
  StartTranscriptionJobCommand,
  type TranscribeClient,
} from '@aws-sdk/client-transcribe';
import type { Transcriber } from '../../core/ports/language.ts';
import type { ObjectStore } from '../../core/ports/object-store.ts';
import { readTranscribeResult } from './transcribe-result.ts';

export interface TranscribeSettings {
  uploadsBucket: string;
  /** As Amazon Transcribe names it (`en-US`); found out by it where left out. */
  language?: string;
}

/**
 * Amazon Transcribe, which reads the audio and writes its result with the permissions of whoever starts the job:
 * https://docs.aws.amazon.com/transcribe/latest/dg/security_iam_id-based-policy-examples.html#auth-role-iam-user
 * No `DataAccessRoleArn`: that is for jobs that may be queued, which these are not.
 */
export function createTranscribeTranscriber(
  transcribe: TranscribeClient,
  uploads: Pick<ObjectStore, 'open'>,
  { uploadsBucket, language }: TranscribeSettings,
): Transcriber {
  return {
    async start({ name, audioKey, resultKey }) {
      const command = new StartTranscriptionJobCommand({
        TranscriptionJobName: name,
        ...(language ? { LanguageCode: language as LanguageCode } : { IdentifyLanguage: true }),
        MediaFormat: 'flac',
        Media: { MediaFileUri: `s3://${uploadsBucket}/${audioKey}` },
        OutputBucketName: uploadsBucket,
        OutputKey: resultKey,
      });
      try {
        await transcribe.send(command);
      } catch (error) {
        // A job of this name was begun before.
        if (!(error instanceof ConflictException)) throw error;
      }
    },

    async stateOf(name) {
      const { TranscriptionJob } = await transcribe.send(
        new GetTranscriptionJobCommand({ TranscriptionJobName: name }),
      );
      const { TranscriptionJobStatus: status, FailureReason = 'no reason given' } = TranscriptionJob ?? {};
      if (status === 'COMPLETED') return { state: 'completed' };
      return status === 'FAILED' ? { state: 'failed', reason: FailureReason } : { state: 'running' };
    },

    async read(result, { signal }) {
      const bytes = await uploads.open(result).read(0, result.sizeBytes, signal);
      return readTranscribeResult(new TextDecoder().decode(bytes));
    },
  };
}
