import { describe, expect, it } from '@jest/globals';
import type { State } from '../../local/states/definition.ts';
import { FunctionError } from '../../local/types.ts';
import { aDefinition, aTask, failing } from '../support/states.ts';
import { statesPerTest } from '../support/states-per-test.ts';

const { run } = statesPerTest();

describe('a Map on this machine', () => {
  const aMap = (states: Record<string, State>, more: object = {}): State => ({
    Type: 'Map',
    ItemsPath: '$.clips',
    ItemSelector: { 'job_id.$': '$.job_id', 'clip.$': '$$.Map.Item.Value' },
    ItemProcessor: aDefinition(states, { ProcessorConfig: { Mode: 'INLINE' } }),
    MaxConcurrency: 2,
    ...('Next' in more ? {} : { End: true }),
    ...more,
  });
  const input = { job_id: '1', clips: [1, 2, 3, 4, 5] };

  it('runs its states for each element, some at once, and answers in the elements’ order', async () => {
    let [running, most] = [0, 0];
    const rendered = input.clips.map(() => Promise.withResolvers<void>());
    const render = async ({ clip }: { clip: number }) => {
      most = Math.max(most, ++running);
      // The second of each pair is done before the first.
      if (clip === 1 || clip === 3) await rendered[clip]!.promise;
      rendered[clip - 1]!.resolve();
      running--;
      return clip * 10;
    };

    const { output, calls } = await run(
      { Clips: aMap({ Render: aTask('granted-render') }) },
      { 'granted-render': render },
      input,
    );

    expect(output).toEqual([10, 20, 30, 40, 50]);
    expect(most).toBe(2);
    expect(calls[4]?.payload).toEqual({ job_id: '1', clip: 5 });
  });

  it('shows the element and the execution to the states inside', async () => {
    const { output } = await run(
      {
        Clips: aMap({
          Name: {
            Type: 'Pass',
            Parameters: {
              'at.$': '$$.Map.Item.Index',
              'clip.$': '$$.Map.Item.Value',
              'run.$': '$$.Execution.Name',
            },
            End: true,
          },
        }),
      },
      {},
      { job_id: '1', clips: ['a', 'b'] },
    );

    expect(output).toEqual([
      { at: 0, clip: 'a', run: 'run' },
      { at: 1, clip: 'b', run: 'run' },
    ]);
  });

  it('goes on past an element whose failure is caught inside', async () => {
    const inside = {
      Render: aTask('granted-render', {
        Catch: [{ ErrorEquals: ['States.ALL'], ResultPath: '$.failure', Next: 'Failed' }],
      }),
      Failed: { Type: 'Pass', OutputPath: '$.failure.Error', End: true },
    };
    const render = ({ clip }: { clip: number }) => {
      if (clip === 2) throw new FunctionError('DamagedMedia', 'it breaks off');
      return 'rendered';
    };

    const { output } = await run(
      { Clips: aMap(inside, { ResultPath: '$.rendered' }) },
      { 'granted-render': render },
      { job_id: '1', clips: [1, 2, 3] },
    );

    expect(output.rendered).toEqual(['rendered', 'DamagedMedia', 'rendered']);
  });

  it('fails with the first element that fails, and starts none of those that wait', async () => {
    const { error, calls } = await run(
      { Clips: aMap({ Render: aTask('granted-render') }, { MaxConcurrency: 1 }) },
      { 'granted-render': failing(1, new FunctionError('DamagedMedia', 'it breaks off')) },
      input,
    );
    await new Promise((resolve) => setImmediate(resolve));

    expect(error).toBe('DamagedMedia');
    expect(calls).toHaveLength(1);
  });

  it('can be caught, and can be empty', async () => {
    const { output } = await run(
      {
        None: aMap(
          { Render: aTask('granted-render') },
          { ItemsPath: '$.none', ResultPath: '$.rendered', Next: 'Some' },
        ),
        Some: aMap(
          { Again: aTask('granted-render') },
          { Catch: [{ ErrorEquals: ['DamagedMedia'], ResultPath: '$.failure', Next: 'Caught' }] },
        ),
        Caught: { Type: 'Pass', End: true },
      },
      { 'granted-render': failing(1, new FunctionError('DamagedMedia', 'it breaks off')) },
      { ...input, none: [] },
    );

    expect(output).toMatchObject({ rendered: [], failure: { Error: 'DamagedMedia' } });
  });

  it('goes through arrays only', async () => {
    const ended = await run(
      { Clips: aMap({ Render: aTask('granted-render') }) },
      {},
      { job_id: '1', clips: 'many' },
    );

    expect(ended).toMatchObject({
      status: 'FAILED',
      error: 'States.Runtime',
      cause: '$.clips is not an array',
    });
  });
});
