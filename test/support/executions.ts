import { DescribeExecutionCommand, SFNClient, StopExecutionCommand } from '@aws-sdk/client-sfn';
import type { TestCloud } from './cloud.ts';
import { eventually } from './eventually.ts';

/** The executions of a local cloud's one state machine, as an operator sees them in the console. */
export function executionsOf({ cloud }: TestCloud) {
  const [machine] = cloud.stack.ofType('AWS::StepFunctions::StateMachine');
  const arnOf = (jobId: string, attempt: number) =>
    `${machine?.ref.replace(':stateMachine:', ':execution:')}:${jobId}-${attempt}`;
  const states = new SFNClient({
    endpoint: cloud.statesUrl,
    region: cloud.region,
    credentials: cloud.ownerKey,
  });
  const statusOf = async (jobId: string, attempt = 1) =>
    (await states.send(new DescribeExecutionCommand({ executionArn: arnOf(jobId, attempt) }))).status;
  return {
    statusOf,
    stop: (jobId: string, attempt = 1) =>
      states.send(new StopExecutionCommand({ executionArn: arnOf(jobId, attempt), cause: 'by hand' })),
    /** It goes on for a moment after its job has ended: that is told, too. */
    endOf: async (jobId: string, attempt = 1) => {
      await eventually(async () => (await statusOf(jobId, attempt)) !== 'RUNNING');
      return statusOf(jobId, attempt);
    },
  };
}
