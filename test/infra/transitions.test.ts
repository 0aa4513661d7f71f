import { beforeAll, describe, expect, it } from '@jest/globals';
import { countTransitions } from '../../core/cost/count-transitions.ts';
import { transcriptIntervalSeconds } from '../../core/cost/taken-by.ts';
import { resourcesOf, stackTemplate } from '../support/stack.ts';

interface State {
  Type: string;
  Next?: string;
  Default?: string;
  Seconds?: number;
  Choices?: { Variable: string; BooleanEquals: boolean; Next: string }[];
  ItemProcessor?: { StartAt: string; States: Record<string, State> };
  Catch?: { Next: string }[];
}
interface Definition {
  StartAt: string;
  States: Record<string, State>;
}

let machines: Definition[];

beforeAll(() => {
  const template = stackTemplate({ transcript: 'on' });
  machines = Object.values(resourcesOf(template, 'AWS::StepFunctions::StateMachine')).map((machine) => {
    const parts: unknown[] = machine.Properties.DefinitionString['Fn::Join'][1];
    return JSON.parse(parts.map((part) => (typeof part === 'string' ? part : 'arn')).join(''));
  });
});

const named = (state: string) => machines.find(({ States }) => States[state]) as Definition;

interface Walk {
  clips: number;
  transcriptLooks: number;
  callsWebhook: boolean;
  failsAt?: string;
}

/** Enters the states of a definition one after the other, as Step Functions does, and counts them. */
function walk(
  { StartAt, States }: Definition,
  { clips, transcriptLooks, callsWebhook, failsAt }: Walk,
): number {
  let entered = 0;
  let looks = 0;
  for (let name: string | undefined = StartAt; name; ) {
    const state: State = States[name]!;
    entered += 1;
    if (name === 'TranscribeAudio') looks += 1;
    if (state.ItemProcessor) entered += clips * Object.keys(entriesOnTheWay(state.ItemProcessor)).length;
    if (name === failsAt) name = state.Catch?.[0]?.Next;
    else if (state.Type === 'Choice') {
      const [choice] = state.Choices!;
      const holds = choice!.Variable === '$.calls_webhook' ? callsWebhook : looks >= transcriptLooks;
      name = holds ? choice!.Next : state.Default;
    } else name = state.Next;
  }
  return entered;
}

function entriesOnTheWay({ StartAt, States }: Definition): Record<string, State> {
  const { Next } = States[StartAt]!;
  return { [StartAt]: States[StartAt]!, ...(Next && entriesOnTheWay({ StartAt: Next, States })) };
}

const wholeWay = ['preprocessing', 'transcribing', 'analyzing', 'clipping', 'completed'];

describe('the count of transitions', () => {
  it.each([
    { clips: 1, transcriptLooks: 1, callsWebhook: false },
    { clips: 5, transcriptLooks: 4, callsWebhook: true },
    { clips: 50, transcriptLooks: 60, callsWebhook: true },
  ])('is what the state machines go through for $clips clips and $transcriptLooks looks', (run) => {
    const walked = walk(named('ProbeSource'), run) + walk(named('EmitEvent'), run);

    expect(countTransitions({ reached: wholeWay, ...run })).toBe(walked);
  });

  it('knows how often a transcript is looked after', () => {
    expect(named('ProbeSource').States.AwaitTranscript?.Seconds).toBe(transcriptIntervalSeconds);
  });

  it('is as right for a job that fails at the source', () => {
    const run = { clips: 0, transcriptLooks: 0, callsWebhook: false, failsAt: 'ExtractAudio' };
    const walked = walk(named('ProbeSource'), run) + walk(named('EmitEvent'), run);

    expect(countTransitions({ reached: ['preprocessing', 'failed'], ...run })).toBe(walked);
  });
});
