import {
  DescribeExecutionCommand,
  ExecutionAlreadyExists,
  ExecutionDoesNotExist,
  type SFNClient,
  StartExecutionCommand,
} from '@aws-sdk/client-sfn';
import type { Workflow } from '../../core/ports.ts';

/** The state machine that runs jobs. An execution's name is its job and attempt, its input nothing but these. */
export function createStepFunctionsWorkflow(sfn: SFNClient, stateMachineArn: string): Workflow {
  return {
    async start({ jobId, attempt }) {
      const input = JSON.stringify({ job_id: jobId, attempt });
      try {
        await sfn.send(new StartExecutionCommand({ stateMachineArn, name: `${jobId}-${attempt}`, input }));
      } catch (error) {
        if (!(error instanceof ExecutionAlreadyExists)) throw error;
      }
    },

    async stateOf({ jobId, attempt }) {
      const executionArn = `${stateMachineArn.replace(':stateMachine:', ':execution:')}:${jobId}-${attempt}`;
      try {
        const { status } = await sfn.send(new DescribeExecutionCommand({ executionArn }));
        if (status === 'RUNNING' || status === 'PENDING_REDRIVE') return 'running';
        return status === 'SUCCEEDED' ? 'succeeded' : 'failed';
      } catch (error) {
        if (error instanceof ExecutionDoesNotExist) return 'none';
        throw error;
      }
    },
  };
}
