import type { WriteStream } from 'node:tty';
import type { Row } from './progress-rows.ts';

/** Where people read: a terminal, or a file or pipe. */
export type HumanStream = NodeJS.WritableStream & Partial<Pick<WriteStream, 'isTTY' | 'columns' | 'rows'>>;

export interface ProgressDisplay {
  show(rows: Row[]): void;
}

/** Bars that are redrawn in place on a terminal; elsewhere one line a change. */
export function progressDisplay(stream: HumanStream): ProgressDisplay {
  return stream.isTTY ? barsIn(stream) : linesIn(stream);
}

const barWidth = 24;
const labelWidth = 26;

function barsIn(stream: HumanStream): ProgressDisplay {
  let drawn = 0;
  return {
    show(rows) {
      const lines = fitting(rows, (stream.rows ?? 24) - 1).map((row) =>
        bar(row).slice(0, (stream.columns ?? 80) - 1),
      );
      // Up to the first bar and erase from there on: there may have been more of them.
      const up = drawn > 0 ? `\x1b[${drawn}A\x1b[J` : '';
      stream.write(`${up}${lines.join('\n')}\n`);
      drawn = lines.length;
    },
  };
}

/** What scrolled off the screen can't be redrawn: of too many clips only those that move are shown. */
function fitting(rows: Row[], height: number): Row[] {
  if (rows.length <= height) return rows;
  return rows.filter(({ label, state }) => !label.startsWith(' ') || state === 'running').slice(0, height);
}

function bar({ label, percent, state, detail }: Row): string {
  const filled = Math.round((percent / 100) * barWidth);
  const figure = state === 'waiting' ? '' : state === 'failed' ? 'failed' : `${percent} %`;
  const cells = '█'.repeat(filled) + '░'.repeat(barWidth - filled);
  return `${label.padEnd(labelWidth)}${cells} ${figure.padStart(6)}  ${detail}`.trimEnd();
}

/** Every quarter is enough in a log. */
const logStepPercent = 25;

function linesIn(stream: HumanStream): ProgressDisplay {
  const logged = new Map<string, string>();
  return {
    show(rows) {
      for (const { label, percent, state, detail } of rows) {
        if (state === 'waiting') continue;
        const change = `${state} ${Math.floor(percent / logStepPercent)}`;
        if (logged.get(label) === change) continue;
        logged.set(label, change);
        const name = label.startsWith(' ') ? `Clip ${label.trim()}` : label;
        stream.write(`${name}: ${state === 'running' ? `${percent} %` : state}${detail && ` (${detail})`}\n`);
      }
    },
  };
}
