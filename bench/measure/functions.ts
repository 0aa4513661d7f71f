import { execFileSync } from 'node:child_process';
import { statSync } from 'node:fs';
import { join } from 'node:path';
import { unpackCode } from '../../local/functions/unpack-code.ts';
import type { FigurePlan } from '../figure.ts';
import type { Measurement } from '../measurement.ts';
import { createReadings } from '../readings.ts';
import { stagedFunctions, verbs } from '../staged-functions.ts';
import { eachRun } from '../timed.ts';

/** Loads a handler as Lambda does, with no compile cache, and tells the CPU time of that in ms. */
const loading = `
  const before = process.cpuUsage();
  require(process.argv[1]);
  const { user, system } = process.cpuUsage(before);
  console.log((user + system) / 1000);
  process.exit();`;

/** Each function's bundle, and what a cold start of it costs. */
export const functions: Measurement = {
  name: 'functions',
  figures: verbs.flatMap(({ verb, answersHttp }): FigurePlan[] => [
    {
      name: `functions.${verb}.bundle`,
      about: `${verb}: bundle, minified`,
      unit: 'KB',
      ...(answersHttp && { goal: { of: 'value', is: '≤', bound: 500 } }),
    },
    {
      name: `functions.${verb}.init`,
      about: `${verb}: init`,
      unit: 'ms of CPU',
      goal: { of: 'value', is: '≤', bound: 200 },
    },
  ]),
  async measure({ runs, folder, signal, print }) {
    const staged = await stagedFunctions(print);
    const { readings, add } = createReadings();
    for (const _run of eachRun({ runs, signal, print })) {
      for (const { verb } of verbs) {
        signal.throwIfAborted();
        const definition = staged.get(verb);
        if (!definition) continue;
        const bundle = join(unpackCode(definition.assetFolder, join(folder, 'code')), 'index.js');
        add(`functions.${verb}.bundle`, statSync(bundle).size / 1000);
        add(`functions.${verb}.init`, initMilliseconds(bundle, definition.variables));
      }
    }
    return readings;
  },
};

function initMilliseconds(bundle: string, variables: Record<string, string>): number {
  const printed = execFileSync(process.execPath, ['--eval', loading, bundle], {
    encoding: 'utf8',
    env: { ...variables, AWS_REGION: 'us-east-1', AWS_LAMBDA_FUNCTION_MEMORY_SIZE: '512' },
  });
  return Number(printed.trim().split('\n').at(-1));
}
