import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import type { State } from '../../local/states/definition.ts';
import { aDefinition, type aStatesService, executionArn, stateMachineArn } from '../support/states.ts';
import { statesPerTest } from '../support/states-per-test.ts';

const { start } = statesPerTest();

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
  const { begin, ended, events, dataDir } = await start(
    aDefinition({ Tell: state }),
    {},
    granted.flat() as never,
  );
  await begin('run', input);
  const { status, error, cause } = await ended('run');
  return { status, error, cause, events, dataDir };
}

describe('a state machine', () => {
  it('puts events on the default bus, which name their execution', async () => {
    const Resource = 'arn:aws:events:us-east-1:000000000000:event-bus/default';

    const { status, events } = await outcome(putEvents, [
      { Effect: 'Allow', Action: 'events:PutEvents', Resource },
    ]);

    expect(status).toBe('SUCCEEDED');
    expect(events).toContainEqual({
      source: 'mine',
      detailType: 'Something Happened',
      detail: { of: 'what' },
      resources: [executionArn('run'), stateMachineArn],
    });
  });

  it('puts messages into a queue', async () => {
    const granted = { Effect: 'Allow' as const, Action: 'sqs:SendMessage', Resource: queueArn };

    const { status, dataDir } = await outcome(sendMessage, [granted]);

    const letter = JSON.parse(readFileSync(join(dataDir, 'queues/letters.jsonl'), 'utf8'));
    expect(status).toBe('SUCCEEDED');
    expect(letter).toMatchObject({ source: stateMachineArn, message: { of: 'what' } });
  });

  it.each([
    [putEvents, 'EventBridge.AccessDeniedException', 'events:PutEvents'],
    [sendMessage, 'SQS.AccessDeniedException', 'sqs:SendMessage'],
  ])('may do neither without a grant', async (state, name, action) => {
    const { status, error, cause, events } = await outcome(state);

    expect([status, error]).toEqual(['FAILED', name]);
    expect(cause).toContain(`is not authorized to perform: ${action}`);
    expect(events.filter(({ source }) => source === 'mine')).toEqual([]);
  });
});
