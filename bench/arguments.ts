import { parseArgs } from 'node:util';

export interface Arguments {
  /** Names of measurements; empty: all. */
  only: string[];
  runs: number;
  quick: boolean;
  /** Where the figures are written to, beside those of other measurements that stand there. */
  json?: string;
  help: boolean;
}

/** The command line can't be understood; the message says what is wrong with it. */
export class BadUsage extends Error {
  override readonly name = 'BadUsage';
}

const defaultRuns = { quick: 3, full: 5 };

export function parseArguments(args: string[], known: readonly string[]): Arguments {
  const { only, runs, quick, json, help } = parse(args);
  const unknown = only.find((name) => !known.includes(name));
  if (unknown !== undefined)
    throw new BadUsage(`--only wants one of ${known.join(', ')}; there is no ${unknown}.`);
  const count = Number(runs ?? (quick ? defaultRuns.quick : defaultRuns.full));
  if (!Number.isInteger(count) || count < 1) throw new BadUsage('--runs wants a whole number of 1 or more.');
  return { only, runs: count, quick, json, help };
}

function parse(args: string[]) {
  try {
    return parseArgs({
      args,
      options: {
        only: { type: 'string', multiple: true, default: [] },
        runs: { type: 'string' },
        quick: { type: 'boolean', default: false },
        json: { type: 'string' },
        help: { type: 'boolean', short: 'h', default: false },
      },
    }).values;
  } catch (error) {
    throw new BadUsage((error as Error).message);
  }
}

export function usage(known: readonly string[]): string {
  return `npm run bench [-- --only NAME --runs N --quick --json FILE]

Measures Clipwright against what people would use instead: each side in turn, medians, the raw numbers kept.

  --only NAME   one measurement, or some (repeat it); else all, which take an hour and 14 GB of the temporary folder:
                ${known.join(', ')}
  --runs N      of each (default ${defaultRuns.full})
  --quick       short sources and ${defaultRuns.quick} runs, to try the bench itself: its figures say nothing of the product
  --json FILE   writes the figures there, and as tables into the .md beside it; those of other measurements stay

Ends with 0 whether goals are met or not, 1 if a measurement failed, 2 when called wrongly, 130 when interrupted.
`;
}
