import { readdirSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { permanentFailures } from '../../core/failures.ts';
import { createExecutions, type Steps } from '../../trials/soak/executions.ts';
import { resourcesOf, stackTemplate } from '../support/stack.ts';
import { type Definition, functionsOf, walkDefinition } from '../support/walk-definition.ts';

const clipNumbers = [1];
const errors = ['Error', 'ThrottlingException', 'TimeoutError', 'Sandbox.Timedout'];

/** The definition of what runs jobs, with its functions' names (`probeSource`) for their ARNs. */
function jobDefinition(context: Record<string, unknown>): Definition {
  const verbs = readdirSync('lambdas');
  const nameOf = (logicalId: string) => {
    const verb = verbs.find((one) => logicalId.includes(one.replaceAll('-', '')));
    return verb?.replaceAll(/-(.)/g, (_, letter) => letter.toUpperCase()) ?? logicalId;
  };
  const machines = Object.entries(resourcesOf(stackTemplate(context), 'AWS::StepFunctions::StateMachine'));
  const [, machine] = machines.find(([id]) => id.startsWith('Workflow')) ?? [];
  const parts: (string | { 'Fn::GetAtt': [string] })[] = machine?.Properties.DefinitionString['Fn::Join'][1];
  const texts = parts.map((part) => (typeof part === 'string' ? part : nameOf(part['Fn::GetAtt'][0])));
  return JSON.parse(texts.join(''));
}

/** Functions of which some fail whenever they are called; a transcript is there at the second look. */
function answering(failing: string[], error: string) {
  let looks = 0;
  return (name: string): unknown => {
    if (failing.includes(name)) throw Object.assign(new Error('Injected.'), { name: error });
    if (name === 'transcribeAudio') looks += 1;
    return { clipNumbers, done: looks > 1 };
  };
}

/** The same as `walkDefinition` tells, of the model. */
async function walkModel(functions: string[], answer: (name: string) => unknown): Promise<string[]> {
  const path: string[] = [];
  const step = (name: string) => async () => {
    path.push(name);
    return answer(name);
  };
  const steps = Object.fromEntries(functions.map((name) => [name, step(name)])) as unknown as Steps;
  const sleep = async (seconds: number) => void path.push(`${seconds} s`);
  const state = await new Promise<string>((resolve) => {
    const { workflow } = createExecutions(steps, { sleep }, (ended) => resolve(ended.state));
    void workflow.start({ jobId: 'job-1', attempt: 1 });
  });
  return [...path, state];
}

describe.each([{ transcript: 'off' }, { transcript: 'on' }])(
  'the state machine that is soaked, transcript $transcript',
  (context) => {
    const definition = jobDefinition(context);
    const functions = functionsOf(definition);

    it.each(['nothing', ...functions])(
      'goes the way of the deployed one where this fails: %s',
      async (one) => {
        for (const other of ['nothing', 'failClip', 'failJob', 'announceJob']) {
          for (const error of [...errors, ...Object.keys(permanentFailures)]) {
            const modelled = await walkModel(functions, answering([one, other], error));

            const deployed = walkDefinition(definition, answering([one, other], error), clipNumbers);
            expect([other, error, ...modelled]).toEqual([other, error, ...deployed]);
          }
        }
      },
    );
  },
);
