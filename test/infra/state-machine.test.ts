import { createRequire } from 'node:module';
import { beforeAll, describe, expect, it } from '@jest/globals';
import { permanentFailures } from '../../core/failures.ts';
import { resourcesOf, stackTemplate } from '../support/stack.ts';

interface State {
  Type: string;
  TimeoutSeconds?: number;
  Retry?: { ErrorEquals: string[]; MaxAttempts: number; JitterStrategy?: string }[];
  Catch?: { ErrorEquals: string[]; Next: string }[];
  ItemProcessor?: { StartAt: string; States: Record<string, State> };
  Parameters?: Record<string, unknown>;
}

let definition: { StartAt: string; TimeoutSeconds: number; States: Record<string, State> };
let type: string;

beforeAll(() => {
  const machines = Object.entries(resourcesOf(stackTemplate(), 'AWS::StepFunctions::StateMachine'));
  const [, machine] = machines.find(([id]) => id.startsWith('Workflow')) ?? [];
  const parts: unknown[] = machine?.Properties.DefinitionString['Fn::Join'][1];
  const text = parts.map((part) =>
    typeof part === 'string' ? part : 'arn:aws:lambda:us-east-1:000000000000:function:f',
  );
  definition = JSON.parse(text.join(''));
  type = machine?.Properties.StateMachineType;
});

const tasks = () => {
  const inMap = Object.values(definition.States).flatMap(({ ItemProcessor }) =>
    Object.entries(ItemProcessor?.States ?? {}),
  );
  return [...Object.entries(definition.States), ...inMap].filter(([, { Type }]) => Type === 'Task');
};

describe('the state machine', () => {
  it('is valid Amazon States Language, of the standard type', async () => {
    const validate = createRequire(`${process.cwd()}/package.json`)('asl-validator');

    const { isValid, errorsText } = validate(definition);

    expect(errorsText('\n')).toBe('');
    expect(isValid).toBe(true);
    expect(type).toBe('STANDARD');
  });

  it('never retries a permanent failure, throttling for long, a timeout once, and all with full jitter', () => {
    for (const [, { Retry = [] }] of tasks()) {
      const [permanent, ...others] = Retry;

      expect(permanent).toMatchObject({ ErrorEquals: Object.keys(permanentFailures), MaxAttempts: 0 });
      expect(others.map(({ ErrorEquals, MaxAttempts }) => [ErrorEquals[0], MaxAttempts])).toEqual([
        ['Lambda.TooManyRequestsException', 30],
        ['TimeoutError', 1],
        ['States.ALL', 3],
      ]);
      expect(others.every(({ JitterStrategy }) => JitterStrategy === 'FULL')).toBe(true);
    }
  });

  it('catches the errors of every step into fail-job, and of a clip into fail-clip', () => {
    const caught = Object.fromEntries(
      tasks()
        .filter(([name]) => !/^(Fail|Announce)/.test(name))
        .map(([name, state]) => [
          name,
          state.Catch?.map(({ ErrorEquals, Next }) => `${ErrorEquals}→${Next}`),
        ]),
    );

    expect(caught).toEqual({
      ProbeSource: ['States.ALL→FailJob'],
      ExtractAudio: ['States.ALL→FailJob'],
      SelectSegments: ['States.ALL→FailJob'],
      RenderClip: ['States.ALL→FailClip'],
      FinishJob: ['States.ALL→FailJob'],
      CleanUpJob: ['States.ALL→FailJob'],
    });
    expect(definition.States.RenderClips?.Catch?.[0]?.Next).toBe('FailJob');
  });

  it('announces how the job ended, and leaves that as it is whether it can or not', () => {
    const { FinishJob, CleanUpJob, FailJob, AnnounceJob, AnnounceFailure } = definition.States as any;

    expect([FinishJob.Next, CleanUpJob.Next, FailJob.Next]).toEqual([
      'CleanUpJob',
      'AnnounceJob',
      'AnnounceFailure',
    ]);
    expect([AnnounceJob, AnnounceFailure]).toMatchObject([
      { Next: 'Done', Catch: [{ ErrorEquals: ['States.ALL'], Next: 'Done' }] },
      { Next: 'Failed', Catch: [{ ErrorEquals: ['States.ALL'], ResultPath: null, Next: 'Failed' }] },
    ]);
  });

  it('has a timeout on every task and on the whole', () => {
    for (const [name, { TimeoutSeconds }] of tasks())
      expect([name, TimeoutSeconds]).toEqual([name, expect.any(Number)]);
    expect(definition.TimeoutSeconds).toBe(6 * 3600);
  });

  it('carries nothing but ids, and the error where one was caught', () => {
    const fields = tasks().flatMap(([, { Parameters }]) => Object.keys(Parameters ?? {}));

    expect([...new Set(fields)].sort()).toEqual(['attempt.$', 'caught.$', 'clip_number.$', 'job_id.$']);
  });
});
