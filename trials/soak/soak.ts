import fc from 'fast-check';
import type { TrialCounts, TrialOptions } from '../run-trial.ts';
import { bugs } from './bugs.ts';
import { commandsOf, type Plan, plan } from './plan.ts';
import { type Outcome, runPlan } from './run-plan.ts';
import type { Bug } from './subject.ts';

/** In one go of fast-check, which has one seed; after each the trial may be interrupted. */
const runsAtOnce = 250;

/** Nobody reads more of them. */
const mostPrinted = 3;

/**
 * The life of a job, as anything may disturb it: runs of the real core, each call of each port a point where others
 * come in between, a fault strikes or a function dies. And the same with each of the known mistakes put in, which has
 * to be found within as many runs.
 */
export async function soak({ runs, seed, signal, print }: TrialOptions): Promise<TrialCounts> {
  const counts = { runs: 0, commands: 0, calls: 0, faults: 0, crashes: 0, violations: 0 };
  const ends: Record<string, number> = {};
  const onRun = ({ commands, counts: { calls, faults, crashes }, ended }: Outcome) => {
    counts.runs += 1;
    counts.commands += commands;
    counts.calls += calls;
    counts.faults += faults;
    counts.crashes += crashes;
    ends[ended] = (ends[ended] ?? 0) + 1;
  };

  for (let done = 0; done < runs && !signal.aborted; done += runsAtOnce) {
    const numRuns = Math.min(runsAtOnce, runs - done);
    const broken = await search({ numRuns, seed: seed + done / runsAtOnce, onRun });
    if (!broken) continue;
    counts.violations += 1;
    if (counts.violations <= mostPrinted) print(tell(broken));
  }

  let found = 0;
  for (const bug of bugs) {
    if (signal.aborted) break;
    const broken = await search({ numRuns: Math.max(runs, runsToFindBugs), seed, bug, endOnFailure: true });
    if (broken) found += 1;
    print(`${broken ? `found after ${String(broken.runs).padStart(4)} runs` : 'NOT FOUND'}: ${bug.name}`);
  }
  const violations = counts.violations + (signal.aborted ? 0 : bugs.length - found);
  return { ...counts, ...ends, bugs: bugs.length, bugs_found: found, violations };
}

/** However few runs were asked. */
export const runsToFindBugs = 4000;

interface Broken {
  plan: Plan;
  outcome: Outcome;
  seed: number;
  /** How many it took. */
  runs: number;
}

interface Search {
  numRuns: number;
  seed: number;
  bug?: Bug;
  /** Without looking for a simpler one. */
  endOnFailure?: boolean;
  onRun?: (outcome: Outcome) => void;
}

/** Runs plans until a promise is broken, by the bug if there is one; answers the simplest plan that breaks it. */
export async function search({ bug, onRun, ...options }: Search): Promise<Broken | undefined> {
  const keepsItsPromises = fc.asyncProperty(plan, async (one) => {
    const outcome = await runPlan(one, bug);
    onRun?.(outcome);
    if (outcome.violations.length === 0) return true;
    // What breaks the sound core, too, is no find.
    return bug !== undefined && (await runPlan(one)).violations.length > 0;
  });
  const { counterexample, numRuns } = await fc.check(keepsItsPromises, options);
  if (!counterexample) return undefined;
  const [simplest] = counterexample;
  return { plan: simplest, outcome: await runPlan(simplest, bug), seed: options.seed, runs: numRuns };
}

function tell({ plan: simplest, outcome, seed }: Broken): string {
  const { way, numSegments, given, transcribed, toldOfEnds, damage } = simplest;
  return [
    '',
    `BROKEN: ${outcome.violations.join('; ')}`,
    `again: npm run soak -- --runs ${runsAtOnce} --seed ${seed}`,
    `the job: ${JSON.stringify({ way, numSegments, given, transcribed, toldOfEnds, damage })}`,
    `${commandsOf(simplest).length} commands (▶), and every call that was made:`,
    ...outcome.trace.map((line) => `  ${line}`),
    '',
  ].join('\n');
}
