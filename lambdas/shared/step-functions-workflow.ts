import {
  DescribeExecutionCommand,
  ExecutionAlreadyExists,
  ExecutionDoesNotExist,
  type SFNClient,
  StartExecutionCommand,
  StopExecutionCommand,
} from '@aws-sdk/client-sfn';
import type { Workflow } from '../../core/ports/workflow.ts';

/**
 * The state machine that runs jobs. An execution's name is its job and attempt, its input nothing but these and the
 * owner, by which the local cloud serves owners in turn.
 */
export function createStepFunctionsWorkflow(sfn: SFNClient, stateMachineArn: string): Workflow {
  const executionArnOf = ({ jobId, attempt }: { jobId: string; attempt: number }) =>
    `${stateMachineArn.replace(':stateMachine:', ':execution:')}:${jobId}-${attempt}`;

  return {
    async start({ jobId, attempt, owner }) {
      const input = JSON.stringify({ job_id: jobId, attempt, owner });
      try {
        await sfn.send(new StartExecutionCommand({ stateMachineArn, name: `${jobId}-${attempt}`, input }));
      } catch (error) {
        if (!(error instanceof ExecutionAlreadyExists)) throw error;
      }
    },

    async stop(run) {
      try {
        await sfn.send(new StopExecutionCommand({ executionArn: executionArnOf(run), cause: 'cancelled' }));
      } catch (error) {
        if (!(error instanceof ExecutionDoesNotExist)) throw error;
      }
    },

    async stateOf(run) {
      try {
        const { status } = await sfn.send(
          new DescribeExecutionCommand({ executionArn: executionArnOf(run) }),
        );
        if (status === 'RUNNING' || status === 'PENDING_REDRIVE') return 'running';
        if (status === 'TIMED_OUT') return 'timed-out';
        return status === 'SUCCEEDED' ? 'succeeded' : 'failed';
      } catch (error) {
        if (error instanceof ExecutionDoesNotExist) return 'none';
        throw error;
      }
    },
  };
}
