import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { BadUsage, parseArguments, usage } from './arguments.ts';
import { figureOf } from './figure.ts';
import { describeMachine } from './machine.ts';
import type { Measurement } from './measurement.ts';
import { measurements } from './measurements.ts';
import { type ReportedFigure, writeReport } from './report.ts';
import { createSources } from './sources.ts';
import { summaryOf } from './summary.ts';

const known = measurements.map(({ name }) => name);
const { only, runs, quick, json, help } = readArguments();
if (help) {
  console.log(usage(known));
  process.exit();
}

const interrupted = new AbortController();
for (const name of ['SIGINT', 'SIGTERM'] as const) process.once(name, () => interrupted.abort());
const { signal } = interrupted;

const machine = describeMachine();
console.log(machine);
const folder = mkdtempSync(join(tmpdir(), 'clipwright-bench-'));
const print = (line: string) => console.log(`  ${line}`);
const { longSource } = createSources(folder, { quick, print });
const figures: ReportedFigure[] = [];
try {
  for (const measurement of measurements) {
    if (signal.aborted || (only.length > 0 && !only.includes(measurement.name))) continue;
    figures.push(...(await measured(measurement)));
    if (json && figures.length > 0) writeReport(json, figures, measurements);
  }
} finally {
  rmSync(folder, { recursive: true, force: true, maxRetries: 3 });
}
console.log(`\n${summaryOf(figures, { machine, interrupted: signal.aborted })}`);
if (signal.aborted) process.exitCode = 130;
// What a measurement that failed left open must not keep the command from ending.
setImmediate(() => process.exit());

/** A measurement that fails is told, and does not keep the others from being made. */
async function measured({ name, figures: plans, measure }: Measurement): Promise<ReportedFigure[]> {
  console.log(`\n${name}`);
  const own = mkdtempSync(join(folder, `${name}-`));
  try {
    const readings = await measure({ runs, quick, folder: own, signal, print, longSource });
    const all = plans.map((plan) => ({ ...figureOf(plan, readings[plan.name]), machine }));
    for (const { name: figure, raw } of all) print(`${figure}  ${JSON.stringify(raw)}`);
    return all;
  } catch (error) {
    await sleep(50); // Ctrl-C ends commands that are waited for, too, and is told here only once they have ended
    if (signal.aborted) return [];
    console.error(`  ${name} failed:`, error);
    process.exitCode = 1;
    return plans.map((plan) => ({ ...figureOf(plan), machine }));
  } finally {
    rmSync(own, { recursive: true, force: true, maxRetries: 3 });
  }
}

function readArguments() {
  try {
    return parseArguments(process.argv.slice(2), known);
  } catch (error) {
    if (!(error instanceof BadUsage)) throw error;
    console.error(`${error.message}\n\n${usage(known)}`);
    process.exit(2);
  }
}
