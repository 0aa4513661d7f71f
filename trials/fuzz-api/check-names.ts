import fc from 'fast-check';
import { limits } from '../../core/limits.ts';
import { Refusal } from '../../core/refusals.ts';
import { contentDisposition } from '../../core/uploads/filename.ts';
import { waitingJob } from '../../core/uploads/waiting-job.ts';
import { ids } from '../../lambdas/shared/ids.ts';
import { aJob } from '../../test/support/builders.ts';
import type { TrialOptions } from '../run-trial.ts';
import { hostileName } from './hostile-name.ts';
import { parseDisposition } from './parse-disposition.ts';

const strictKey = /^uploads\/[0-9a-f]{32}\/[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}\/source\.[a-z0-9]{2,4}$/;
const visible = /^[\x20-\x7e]+$/;
const unsafe = /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}/\\]/u;

/** Hostile filenames through the key, the name that is kept and the header of a download; answers what went wrong. */
export function checkNames({ runs, seed, print }: Pick<TrialOptions, 'runs' | 'seed' | 'print'>) {
  const counts = { names: 0, names_refused: 0, violations: 0 };
  for (const name of fc.sample(hostileName, { numRuns: runs, seed })) {
    counts.names += 1;
    const kept = keep(name);
    if (!kept) counts.names_refused += 1;
    // What a clip is called never goes through the same sieve: it has to be a header as it is.
    const wrongs = [...(kept ? wrongsOfKept(kept) : []), ...wrongsOfHeader(name, false)];
    for (const wrong of wrongs) print(`The name ${JSON.stringify(name)}: ${wrong}`);
    counts.violations += wrongs.length;
  }
  return counts;
}

function keep(filename: string): { key: string; filename: string } | undefined {
  const request = { filename, sizeBytes: 1, autoStart: false, settings: aJob().settings };
  try {
    return waitingJob(ids, 'alice', request, '2026-01-01T00:00:00.000Z').job.source;
  } catch (error) {
    if (error instanceof Refusal) return undefined;
    throw error;
  }
}

function wrongsOfKept({ key, filename }: { key: string; filename: string }): string[] {
  return [
    ...(strictKey.test(key) ? [] : [`its key is ${key}`]),
    ...(unsafe.test(filename) ? ['it is kept with characters that are unsafe'] : []),
    ...(Buffer.byteLength(filename) > limits.filenameBytes ? ['it is kept although it is too long'] : []),
    ...wrongsOfHeader(filename, true),
  ];
}

function wrongsOfHeader(name: string, isExact: boolean): string[] {
  try {
    const header = contentDisposition(name);
    if (!visible.test(header)) return ['its header is not one line of visible ASCII'];
    const parsed = parseDisposition(header);
    if (parsed.type !== 'attachment') return [`its header says ${parsed.type}`];
    const shown = isExact ? name : name.toWellFormed();
    return parsed.filename === shown ? [] : ['its header names another file'];
  } catch (error) {
    return [`its header cannot be read: ${(error as Error).message}`];
  }
}
