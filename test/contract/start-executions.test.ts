import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { jobEventOf } from '../../core/announce/job-event.ts';
import { createStepFunctionsAnnouncements } from '../../lambdas/shared/step-functions-announcements.ts';
import { createStepFunctionsWorkflow } from '../../lambdas/shared/step-functions-workflow.ts';
import { aJob } from '../support/builders.ts';
import {
  aDefinition,
  aStatesService,
  aTask,
  type StatesService,
  stateMachineArn,
} from '../support/states.ts';

let service: StatesService;
beforeEach(async () => {
  service = await aStatesService(aDefinition({ Work: aTask('granted-work') }), {
    'granted-work': () => 'done',
  });
});
afterEach(() => service.remove());

const event = jobEventOf(aJob({ status: 'completed', owner: 'bob' }), []);

/** What starts an execution, and the name it gets. */
const starters = {
  'the run of a job': async () => {
    const workflow = createStepFunctionsWorkflow(service.clientOf(), stateMachineArn);
    await workflow.start({ jobId: 'job-1', attempt: 1, owner: 'bob' });
    return 'job-1-1';
  },
  'the news of its end': async () => {
    const announcements = createStepFunctionsAnnouncements(service.clientOf(), stateMachineArn);
    await announcements.announce(event, { callsWebhook: true });
    return 'job-1-1-completed';
  },
};

describe.each(Object.entries(starters))('%s', (_, start) => {
  it('waits in the line of its owner, so that one with much keeps no other waiting', async () => {
    await service.ended(await start());

    expect(service.calls.map(({ line }) => line)).toEqual(['bob']);
  });

  it('is one execution, however often it is started', async () => {
    await service.ended(await start());
    await start();

    expect(service.calls).toHaveLength(1);
  });
});
