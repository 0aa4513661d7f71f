import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type FunctionDefinition, functionsOf } from '../local/functions/function-definition.ts';
import { synth } from '../local/synth.ts';
import { readAssembly } from '../local/template/assembly.ts';
import { resolveStack } from '../local/template/stack.ts';

const folder = join(import.meta.dirname, '../lambdas');

/** The functions by their folders in lambdas/: which answer HTTP, and which are steps of a state machine. */
export const verbs = readdirSync(folder, { withFileTypes: true })
  .filter((entry) => entry.isDirectory() && entry.name !== 'shared')
  .map(({ name: verb }) => {
    const handler = readFileSync(join(folder, verb, 'handler.ts'), 'utf8');
    return {
      verb,
      answersHttp: handler.includes('shared/http-function.ts'),
      isStep: handler.includes('shared/step-function.ts'),
    };
  })
  .toSorted((a, b) => a.verb.localeCompare(b.verb));

/** The functions as they would be deployed with everything that can be switched on, by verb. */
export async function stagedFunctions(
  print: (line: string) => void,
): Promise<Map<string, FunctionDefinition>> {
  const assembly = readAssembly(await synth(process.cwd(), print, { transcript: 'on' }));
  const stack = resolveStack(assembly, { apiUrl: 'http://127.0.0.1:0' });
  return new Map(
    functionsOf(stack).map((definition) => [
      definition.variables.POWERTOOLS_SERVICE_NAME ?? definition.name,
      definition,
    ]),
  );
}
