import { afterEach } from '@jest/globals';
import type { Definition, State } from '../../local/states/definition.ts';
import { aDefinition, aStatesService, type Functions, type StatesService } from './states.ts';

/** Step Functions for each test of a file, one service a test, removed after it. */
export function statesPerTest() {
  let service: StatesService | undefined;
  afterEach(async () => {
    await service?.remove();
    service = undefined;
  });

  async function start(...settings: Parameters<typeof aStatesService>): Promise<StatesService> {
    service = await aStatesService(...settings);
    return service;
  }

  /** Runs a machine of these states to its end. Answers how it ended, and what it called and told the bus. */
  async function run(
    machine: Record<string, State> | Definition,
    functions: Functions = {},
    input: unknown = {},
  ) {
    const isDefinition = (given: typeof machine): given is Definition => 'StartAt' in given;
    const { begin, ended, calls, events } = await start(
      isDefinition(machine) ? machine : aDefinition(machine),
      functions,
    );
    await begin('run', input);
    const { status, output, error, cause } = await ended('run');
    return { status, output: output && JSON.parse(output), error, cause, calls, events };
  }

  return { start, run };
}
