import type { ApiClient } from './api/api-client.ts';
import { type ProgressDisplay, progressDisplay } from './show/progress-display.ts';
import { plainLines } from './show/text-width.ts';

/** What a command works with. */
export interface Room {
  api: ApiClient;
  apiUrl: string;
  signal: AbortSignal;
  /** On stderr, so that stdout is the result alone. */
  display: ProgressDisplay;
  /** The result, in the form that was asked for. */
  answer(result: Result): void;
}

export interface Result {
  /** For people. */
  text: string;
  /** For `--quiet`: ids and paths, a line each. */
  terse: string[];
  /** For `--json`. */
  value: unknown;
}

const silent: ProgressDisplay = { show: () => undefined, say: () => undefined, end: () => undefined };

export function room(
  { apiUrl, json, quiet }: { apiUrl: string; json: boolean; quiet: boolean },
  api: ApiClient,
  signal: AbortSignal,
): Room {
  return {
    api,
    apiUrl,
    signal,
    display: quiet ? silent : progressDisplay(process.stderr),
    answer({ text, terse, value }) {
      if (!quiet && text !== '') (json ? process.stderr : process.stdout).write(`${plainLines(text)}\n`);
      if (json) process.stdout.write(`${JSON.stringify(value)}\n`);
      else if (quiet) process.stdout.write(terse.map((line) => `${line}\n`).join(''));
    },
  };
}
