import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import fc from 'fast-check';
import type { State } from '../../local/states/definition.ts';
import { type Json, runScope } from '../../local/states/run-scope.ts';
import { adapt } from '../../local/states/scope.ts';
import { aDefinition, aTask } from '../support/states.ts';

const run = (
  states: Record<string, State>,
  input: Json,
  callTask = async (_: string, payload: Json) => payload,
) =>
  runScope(adapt(aDefinition(states)), input, {
    context: {},
    signal: new AbortController().signal,
    callTask,
  });

describe('waiting between retries', () => {
  beforeEach(() => void jest.useFakeTimers());
  afterEach(() => void jest.useRealTimers());

  /** When each call was made, in seconds since the first. */
  async function callsOf(retrier: object): Promise<number[]> {
    const calls: number[] = [];
    const startMs = Date.now();
    const ended = run(
      { Run: aTask('run', { Retry: [{ ErrorEquals: ['States.ALL'], ...retrier }] }) },
      {},
      async () => {
        calls.push((Date.now() - startMs) / 1000);
        throw new Error('connection reset');
      },
    ).catch(() => 'failed');
    for (let second = 0; second < 120; second++) await jest.advanceTimersByTimeAsync(1000);
    expect(await ended).toBe('failed');
    return calls;
  }

  it('grows by the rate, up to the longest delay', async () => {
    expect(
      await callsOf({ IntervalSeconds: 2, BackoffRate: 3, MaxAttempts: 4, MaxDelaySeconds: 10 }),
    ).toEqual([0, 2, 8, 18, 28]);
  });

  it('is by default one second, doubled, three times', async () => {
    expect(await callsOf({})).toEqual([0, 1, 3, 7]);
  });

  it('is anything up to the full delay with full jitter', async () => {
    const [first, second] = await callsOf({ IntervalSeconds: 8, MaxAttempts: 1, JitterStrategy: 'FULL' });

    expect(second! - first!).toBeGreaterThanOrEqual(0);
    expect(second! - first!).toBeLessThanOrEqual(8);
  });

  it('lets a task without a timeout take its time', async () => {
    const ended = run(
      { Run: aTask('run') },
      {},
      () => new Promise((resolve) => setTimeout(resolve, 600_000, 'late')),
    );

    await jest.advanceTimersByTimeAsync(600_000);

    expect(await ended).toBe('late');
  });
});

describe('choosing', () => {
  const kinds = { IsPresent: true, IsNull: null, IsString: 'a', IsNumeric: 1, IsBoolean: false } as const;
  const chosen = (rule: object, input: Json) =>
    run(
      {
        Choose: { Type: 'Choice', Choices: [{ ...rule, Next: 'Yes' }], Default: 'No' },
        Yes: { Type: 'Pass', Result: 'yes', End: true },
        No: { Type: 'Pass', Result: 'no', End: true },
      },
      input,
    );

  it('by what a value is not is the opposite of choosing by what it is, however deep', async () => {
    const wrap = fc.constantFrom(
      (rule: object) => rule,
      (rule: object) => ({ And: [rule] }),
      (rule: object) => ({ Or: [rule, { Variable: '$.always', StringEquals: 'never' }] }),
      (rule: object) => ({ Not: { Not: rule } }),
    );
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom(...Object.keys(kinds)),
        fc.constantFrom<Json[]>(null, 'a', 1, false),
        wrap,
        async (operator, value, wrapped) => {
          const input = { value, always: '' };
          const is = await chosen(wrapped({ Variable: '$.value', [operator]: true }), input);
          const isNot = await chosen(wrapped({ Variable: '$.value', [operator]: false }), input);

          expect([is, isNot].sort()).toEqual(['no', 'yes']);
        },
      ),
    );
  });
});

describe('a Map', () => {
  it('answers each element in its place, whatever the order in which they end', async () => {
    const elements = fc.array(fc.record({ id: fc.nat(), waits: fc.nat(3) }), { maxLength: 12 });
    await fc.assert(
      fc.asyncProperty(elements, fc.integer({ min: 0, max: 5 }), async (items, MaxConcurrency) => {
        let [running, most] = [0, 0];
        const inside = aDefinition({ Render: aTask('render') });

        const results = await run(
          { All: { Type: 'Map', ItemProcessor: inside, MaxConcurrency, End: true } },
          items,
          async (_, item) => {
            most = Math.max(most, ++running);
            const { id, waits } = item as { id: number; waits: number };
            for (let turn = 0; turn < waits; turn++) await new Promise((resolve) => setImmediate(resolve));
            running--;
            return id;
          },
        );

        expect(results).toEqual(items.map(({ id }) => id));
        expect(most).toBeLessThanOrEqual(MaxConcurrency || 40);
      }),
      { numRuns: 50 },
    );
  });
});
