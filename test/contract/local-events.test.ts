import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import { describe, expect, it } from '@jest/globals';
import { openDeadLetters } from '../../local/events/dead-letters.ts';
import { createEventBus, type EventBusSettings } from '../../local/events/event-bus.ts';
import { openJournal } from '../../local/events/event-journal.ts';
import { compilePattern } from '../../local/events/event-pattern.ts';
import { runAsync } from '../../local/functions/run-async.ts';
import { AccessDenied } from '../../local/iam/access.ts';
import { FunctionError } from '../../local/types.ts';
import { eventually } from '../support/eventually.ts';
import { temporaryFolders } from '../support/temporary-folder.ts';
import { aFunction } from '../support/tiny-functions.ts';

const newFolder = temporaryFolders();
const queueArn = 'arn:aws:sqs:us-east-1:000000000000:letters';
const arrived = {
  arn: 'arn:aws:events:us-east-1:000000000000:rule/arrived',
  matches: compilePattern({ source: ['aws.s3'] }),
  targets: [{ functionArn: 'receive', deadLetterArn: queueArn }],
};
const objectCreated = { source: 'aws.s3', detailType: 'Object Created', resources: [], detail: { key: 'a' } };

function busIn(
  dataDir: string,
  deliver: EventBusSettings['deliver'],
  rules: EventBusSettings['rules'] = [arrived],
) {
  return createEventBus({ dataDir, rules, deliver, deadLetters: openDeadLetters(dataDir, () => {}) });
}

const unfinished = (dataDir: string) => openJournal(join(dataDir, 'events')).unfinished();
const lettersIn = (dataDir: string) =>
  readFileSync(join(dataDir, 'queues/letters.jsonl'), 'utf8')
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line));

describe('the event bus', () => {
  it('hands an event to the targets of the rules that match, and then forgets it', async () => {
    const dataDir = newFolder();
    const delivered: unknown[] = [];
    const bus = busIn(
      dataDir,
      async (functionArn, event, ruleArn) => void delivered.push([functionArn, event, ruleArn]),
    );
    bus.start();

    await bus.emit(objectCreated);
    await bus.emit({ ...objectCreated, source: 'aws.ec2' });
    await eventually(() => unfinished(dataDir).length === 0);

    expect(delivered).toEqual([
      [
        'receive',
        expect.objectContaining({
          version: '0',
          source: 'aws.s3',
          'detail-type': 'Object Created',
          account: '000000000000',
          region: 'us-east-1',
          time: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/),
          detail: { key: 'a' },
        }),
        arrived.arn,
      ],
    ]);
    bus.stop();
  });

  it('has an event on disk once it is emitted, and delivers it after a crash', async () => {
    const dataDir = newFolder();
    const crashed = busIn(dataDir, () => new Promise(() => {}));
    crashed.start();
    await crashed.emit(objectCreated);
    const delivered: unknown[] = [];

    const next = busIn(dataDir, async (_functionArn, event) => void delivered.push(event));
    next.start();
    await eventually(() => unfinished(dataDir).length === 0);

    expect(delivered).toEqual([expect.objectContaining({ detail: { key: 'a' } })]);
    next.stop();
  });

  it('keeps what is emitted before it starts until then', async () => {
    const dataDir = newFolder();
    const delivered: unknown[] = [];
    const bus = busIn(dataDir, async (functionArn) => void delivered.push(functionArn));

    await bus.emit(objectCreated);
    const before = [...delivered];
    bus.start();
    await eventually(() => unfinished(dataDir).length === 0);

    expect([before, delivered]).toEqual([[], ['receive']]);
    bus.stop();
  });

  it('keeps what it was delivering when it was stopped', async () => {
    const dataDir = newFolder();
    const { promise, reject } = Promise.withResolvers<void>();
    const bus = busIn(dataDir, () => promise);
    bus.start();
    await bus.emit(objectCreated);

    bus.stop();
    reject(new Error('killed'));
    await setImmediate();

    expect(unfinished(dataDir)).toHaveLength(1);
  });

  it("puts what a function's policy keeps out into the target's dead-letter queue", async () => {
    const dataDir = newFolder();
    const bus = busIn(dataDir, async () => {
      throw new AccessDenied('events.amazonaws.com', 'lambda:InvokeFunction', 'receive');
    });
    bus.start();

    await bus.emit(objectCreated);
    await eventually(() => unfinished(dataDir).length === 0);

    expect(lettersIn(dataDir)).toEqual([
      expect.objectContaining({
        errorType: 'AccessDenied',
        source: arrived.arn,
        event: expect.objectContaining({ source: 'aws.s3' }),
      }),
    ]);
    bus.stop();
  });

  it('runs a schedule as soon as it starts', async () => {
    const delivered: unknown[] = [];
    const everyHour = { arn: 'every-hour', everyMs: 3_600_000, targets: [{ functionArn: 'reconcile' }] };
    const bus = busIn(newFolder(), async (_functionArn, event) => void delivered.push(event), [everyHour]);

    bus.start();
    await eventually(() => delivered.length > 0);
    bus.stop();

    expect(delivered).toEqual([
      expect.objectContaining({
        source: 'aws.events',
        'detail-type': 'Scheduled Event',
        resources: ['every-hour'],
        detail: {},
      }),
    ]);
  });
});

describe('an asynchronous invocation', () => {
  async function invoked(failures: number, { maxRetries = 2, signal = new AbortController().signal } = {}) {
    const dataDir = newFolder();
    let runs = 0;
    const definition = aFunction('/', { maxRetries, onFailureArn: queueArn });
    const run = async () => {
      runs += 1;
      if (runs <= failures) throw new FunctionError('TypeError', 'bad');
    };
    const deadLetters = openDeadLetters(dataDir, () => {});
    await runAsync(definition, { id: 1 }, { run, deadLetters, retryDelaysMs: [1, 1], signal });
    return { runs, dataDir };
  }

  it('is tried again twice', async () => {
    expect((await invoked(2)).runs).toBe(3);
  });

  it('ends in the dead-letter queue of the function after the last failure', async () => {
    const { runs, dataDir } = await invoked(9);

    expect(runs).toBe(3);
    expect(lettersIn(dataDir)).toEqual([
      expect.objectContaining({ errorType: 'TypeError', errorMessage: 'bad', event: { id: 1 } }),
    ]);
  });

  it('is not tried again where the function wants none', async () => {
    expect((await invoked(9, { maxRetries: 0 })).runs).toBe(1);
  });

  it('is left for the next start when the cloud stops', async () => {
    await expect(invoked(1, { signal: AbortSignal.abort() })).rejects.toMatchObject({ name: 'AbortError' });
  });
});
