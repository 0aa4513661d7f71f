import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from '@jest/globals';
import type { State } from '../../local/states/definition.ts';
import {
  aDefinition,
  aStatesService,
  executionArn,
  type StatesService,
  stateMachineArn,
} from '../support/states.ts';

let service: StatesService;
afterEach(() => service.remove());

const queueArn = 'arn:aws:sqs:us-east-1:000000000000:letters';
const putEvents: State = {
  Type: 'Task',
  Resource: 'arn:aws:states:::events:putEvents',
  Parameters: { Entries: [{ Source: 'mine', 'DetailType.$': '$.type', 'Detail.$': '$.told' }] },
  ResultPath: null,
  End: true,
};
const sendMessage: State = {
  Type: 'Task',
  Resource: 'arn:aws:states:::sqs:sendMessage',
  Parameters: {
    QueueUrl: 'https://sqs.us-east-1.amazonaws.com/000000000000/letters',
    'MessageBody.$': '$.told',
  },
  ResultPath: null,
  End: true,
};
const input = { type: 'Something Happened', told: { of: 'what' } };

async function outcome(state: State, ...granted: Parameters<typeof aStatesService>[2][]) {
  service = await aStatesService(aDefinition({ Tell: state }), {}, granted.flat() as never);
  await service.begin('run', input);
  return service.ended('run');
}

describe('a state machine', () => {
  it('puts events on the default bus, which name their execution', async () => {
    const Resource = 'arn:aws:events:us-east-1:000000000000:event-bus/default';

    const { status } = await outcome(putEvents, [{ Effect: 'Allow', Action: 'events:PutEvents', Resource }]);

    expect(status).toBe('SUCCEEDED');
    expect(service.events).toContainEqual({
      source: 'mine',
      detailType: 'Something Happened',
      detail: { of: 'what' },
      resources: [executionArn('run'), stateMachineArn],
    });
  });

  it('puts messages into a queue', async () => {
    const granted = { Effect: 'Allow' as const, Action: 'sqs:SendMessage', Resource: queueArn };

    const { status } = await outcome(sendMessage, [granted]);

    const letter = JSON.parse(readFileSync(join(service.dataDir, 'queues/letters.jsonl'), 'utf8'));
    expect(status).toBe('SUCCEEDED');
    expect(letter).toMatchObject({ source: stateMachineArn, message: { of: 'what' } });
  });

  it.each([
    [putEvents, 'EventBridge.AccessDeniedException', 'events:PutEvents'],
    [sendMessage, 'SQS.AccessDeniedException', 'sqs:SendMessage'],
  ])('may do neither without a grant', async (state, name, action) => {
    const { status, error, cause } = await outcome(state);

    expect([status, error]).toEqual(['FAILED', name]);
    expect(cause).toContain(`is not authorized to perform: ${action}`);
    expect(service.events.filter(({ source }) => source === 'mine')).toEqual([]);
  });
});
