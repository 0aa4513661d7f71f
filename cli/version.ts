import { readFileSync } from 'node:fs';

/** Filled in where the command is built into one file. */
declare const builtVersion: string | undefined;

export function version(): string {
  if (typeof builtVersion === 'string') return builtVersion;
  return JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8')).version;
}
