import type { OutgoingEvent } from '../types.ts';
import type { ExecutionRecord } from './execution-store.ts';

/** Source: Step Functions Developer Guide, "Automating Step Functions event delivery with EventBridge". */
export function statusChanged(record: ExecutionRecord): OutgoingEvent {
  const { executionArn, stateMachineArn, name, status, startDate, input } = record;
  const { stopDate = null, output = null, error = null, cause = null } = record;
  return {
    source: 'aws.states',
    detailType: 'Step Functions Execution Status Change',
    resources: [executionArn],
    detail: {
      ...{ executionArn, stateMachineArn, name, status, startDate, stopDate },
      ...{ input, output, error, cause },
      inputDetails: { included: true },
      outputDetails: output === null ? null : { included: true },
    },
  };
}
