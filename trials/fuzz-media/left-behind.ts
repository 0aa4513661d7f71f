import { readdirSync } from 'node:fs';
import { childrenOf } from './children-of.ts';

/** What a job left, in words: folders of its runs, programs of the media that still run. */
export function leftBehind(temporaryRoot: string): string[] {
  const programs = childrenOf(process.pid).filter((name) => /ff(mpeg|probe)/.test(name));
  return [
    ...readdirSync(temporaryRoot).map((name) => `the folder ${name} was left`),
    ...programs.map((name) => `${name} was left running`),
  ];
}
