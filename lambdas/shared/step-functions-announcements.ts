import { ExecutionAlreadyExists, type SFNClient, StartExecutionCommand } from '@aws-sdk/client-sfn';
import type { JobEvent } from '../../core/announce/job-event.ts';
import type { Announcements } from '../../core/ports/announcing.ts';

const detailTypes = {
  completed: 'Clip Job Completed',
  failed: 'Clip Job Failed',
  cancelled: 'Clip Job Cancelled',
  expired: 'Clip Job Expired',
} satisfies Record<JobEvent['status'], string>;

/**
 * Each event is an execution of its own, named after it: that state machine tries for hours, and keeps what can't be
 * told. Beside the event its input names the owner, by which the local cloud serves owners in turn.
 */
export function createStepFunctionsAnnouncements(sfn: SFNClient, stateMachineArn: string): Announcements {
  return {
    async announce(event, { callsWebhook }) {
      const input = JSON.stringify({
        detail_type: detailTypes[event.status],
        calls_webhook: callsWebhook,
        owner: event.owner,
        event,
      });
      try {
        await sfn.send(new StartExecutionCommand({ stateMachineArn, name: event.event_id, input }));
      } catch (error) {
        if (!(error instanceof ExecutionAlreadyExists)) throw error;
      }
    },
  };
}
