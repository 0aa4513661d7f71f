import type { HumanStream, ProgressDisplay } from './progress-display.ts';
import type { Row } from './progress-rows.ts';
import { plainLines } from './text-width.ts';

/** Every quarter is enough in a log. */
const logStepPercent = 25;

/** A line where a stage begins, each quarter of it, and where it ends; one where a clip ends. */
export function progressLog(stream: HumanStream): ProgressDisplay {
  const logged = new Map<string, string>();
  return {
    show(rows) {
      for (const row of rows) {
        const change = changeOf(row);
        if (change === undefined || logged.get(row.label) === change) continue;
        logged.set(row.label, change);
        stream.write(`${lineOf(row)}\n`);
      }
    },
    end: () => logged.clear(),
    say: (line) => void stream.write(`${plainLines(line)}\n`),
  };
}

function changeOf({ state, percent, isClip }: Row): string | undefined {
  if (state === 'waiting' || (isClip && state === 'running')) return undefined;
  return `${state} ${Math.floor(percent / logStepPercent)}`;
}

function lineOf({ label, state, percent, detail, isClip }: Row): string {
  const name = isClip ? `Clip ${label.trim()}` : label;
  return `${name}: ${state === 'running' ? `${percent} %` : state}${detail && ` (${detail})`}`;
}
