import { type CallingWebhooks, callWebhook } from '../../core/announce/call-webhook.ts';
import { jobsTable, webhookCaller, webhookSecrets } from '../shared/clients.ts';
import { stepFunction } from '../shared/step-function.ts';
import { announced } from './contract.ts';

export function createHandler(deps: CallingWebhooks) {
  return stepFunction(announced, async ({ event }, room) => {
    await callWebhook(deps, event, room);
  });
}

export const handler = createHandler({
  jobs: jobsTable(),
  secrets: webhookSecrets(),
  caller: webhookCaller(),
});
