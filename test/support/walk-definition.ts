/** What counts of Amazon States Language where functions are called, tried again, and their failures lead somewhere. */
export interface Definition {
  StartAt: string;
  States: Record<string, State>;
}

interface State {
  Type: string;
  Next?: string;
  Resource?: string;
  Retry?: { ErrorEquals: string[]; MaxAttempts: number; IntervalSeconds?: number; BackoffRate?: number }[];
  Catch?: { ErrorEquals: string[]; Next: string }[];
  Seconds?: number;
  Choices?: { Variable: string; BooleanEquals: boolean; Next: string }[];
  Default?: string;
  ItemProcessor?: Definition;
}

/** Of one function, by its name; throws what it fails with. */
type Answer = (name: string) => unknown;

const takes = (errors: string[], { name }: Error) => errors.includes('States.ALL') || errors.includes(name);

/**
 * The functions that a definition calls, one after the other, and the waits in between (`4 s`), until it has
 * `succeeded` or `failed`. Its choices go by the last answer; a map has one round for each of `clipNumbers`.
 */
export function walkDefinition(definition: Definition, answer: Answer, clipNumbers: number[]): string[] {
  const path: string[] = [];

  function call({ Resource: name = '', Retry = [] }: State, tries = 0): unknown {
    path.push(name);
    try {
      return answer(name);
    } catch (error) {
      const retry = Retry.find(({ ErrorEquals }) => takes(ErrorEquals, error as Error));
      if (!retry || tries >= retry.MaxAttempts) throw error;
      path.push(`${(retry.IntervalSeconds ?? 1) * (retry.BackoffRate ?? 2) ** tries} s`);
      return call({ Type: 'Task', Resource: name, Retry }, tries + 1);
    }
  }

  function perform(state: State, last: unknown): unknown {
    if (state.Type === 'Task') return call(state);
    if (state.Type === 'Wait') path.push(`${state.Seconds} s`);
    if (state.Type === 'Map') for (const _ of clipNumbers) walk(state.ItemProcessor!);
    return last;
  }

  function nextOf({ Next, Choices = [], Default }: State, last: unknown): string | undefined {
    const taken = Choices.find(({ Variable, BooleanEquals }) => {
      return (last as Record<string, unknown>)[Variable.split('.').at(-1)!] === BooleanEquals;
    });
    return taken?.Next ?? Default ?? Next;
  }

  function walk({ StartAt, States }: Definition): string {
    let last: unknown;
    for (let name: string | undefined = StartAt; name; ) {
      const state: State = States[name]!;
      if (state.Type === 'Fail') return 'failed';
      try {
        last = perform(state, last);
        name = nextOf(state, last);
      } catch (error) {
        const taken = state.Catch?.find(({ ErrorEquals }) => takes(ErrorEquals, error as Error));
        if (!taken) throw error;
        name = taken.Next;
      }
    }
    return 'succeeded';
  }

  try {
    path.push(walk(definition));
  } catch {
    path.push('failed');
  }
  return path;
}

/** All functions that a definition names, each once. */
export function functionsOf({ States }: Definition): string[] {
  const named = Object.values(States).flatMap(({ Resource, ItemProcessor }) => [
    ...(Resource ? [Resource] : []),
    ...(ItemProcessor ? functionsOf(ItemProcessor) : []),
  ]);
  return [...new Set(named)];
}
