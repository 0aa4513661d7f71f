import { type Receiving, receiveSource } from '../../core/jobs/receive-source.ts';
import { jobsTable, quotaUsage, stateMachine, uploadsBucket } from '../shared/clients.ts';
import { env } from '../shared/env.ts';
import { eventFunction } from '../shared/event-function.ts';
import { ids } from '../shared/ids.ts';
import { countOne } from '../shared/observability.ts';
import { objectCreated, readSettings } from './contract.ts';

export function createHandler(deps: Receiving) {
  return eventFunction(objectCreated, async ({ time, detail }, now) => {
    const outcome = await receiveSource(deps, detail.object.key, now(), time);
    if (outcome === 'ignored') countOne('DuplicateEvents', 'arrival');
  });
}

export const handler = createHandler({
  jobs: jobsTable(),
  usage: quotaUsage(),
  workflow: stateMachine(),
  uploads: uploadsBucket(),
  ids,
  inboxOwner: env.inboxOwner(),
  readSettings,
});
