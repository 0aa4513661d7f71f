import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { SFNClient, StopExecutionCommand } from '@aws-sdk/client-sfn';
import { describe, expect, it } from '@jest/globals';
import { anApi } from '../support/api.ts';
import { assemblyWithout } from '../support/assembly.ts';
import { aCloud } from '../support/cloud.ts';
import { fixtures } from '../support/media.ts';
import { temporaryFolders } from '../support/temporary-folder.ts';

const talk = join(fixtures, 'talk.mp4');
const newFolder = temporaryFolders();

describe('reconciliation', () => {
  it('ends a job as failed whose execution an operator stopped', async () => {
    const { cloud, stop } = await aCloud();
    try {
      const api = anApi(cloud.apiUrl);
      const jobId = await api.start(talk, { segments: [{ start_time: 0, end_time: 40 }] });
      const [machine] = cloud.stack.ofType('AWS::StepFunctions::StateMachine');
      const executionArn = `${machine?.ref.replace(':stateMachine:', ':execution:')}:${jobId}-1`;
      const states = new SFNClient({
        endpoint: cloud.statesUrl,
        region: cloud.region,
        credentials: cloud.ownerKey,
      });
      while ((await api.get(`/api/jobs/${jobId}/status`)).body.status !== 'clipping') await sleep(50);

      await states.send(new StopExecutionCommand({ executionArn, cause: 'by hand' }));
      const status = await api.ended(jobId);

      expect(status).toMatchObject({ status: 'failed', error_code: 'internal_error' });
    } finally {
      await stop();
    }
  });

  it('cleans up where the execution could not', async () => {
    const assemblyDir = await assemblyWithout('cleanupjob', 's3:DeleteObject', newFolder());
    const { cloud, stop } = await aCloud({ assemblyDir });
    try {
      const api = anApi(cloud.apiUrl);
      const jobId = await api.start(talk, { segments: [{ start_time: 1, end_time: 3 }] });

      const status = await api.ended(jobId);

      expect(status).toMatchObject({ status: 'completed', source_deleted_at: expect.any(String) });
    } finally {
      await stop();
    }
  });
});
