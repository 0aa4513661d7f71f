import type { WriteStream } from 'node:tty';
import { inColour, progressBar } from './progress-bar.ts';
import { progressLog } from './progress-log.ts';
import type { Row } from './progress-rows.ts';
import { plainLines } from './text-width.ts';

/** Where people read: a terminal, or a file or pipe. */
export type HumanStream = NodeJS.WritableStream &
  Partial<Pick<WriteStream, 'isTTY' | 'columns' | 'rows' | 'hasColors'>>;

export interface ProgressDisplay {
  show(rows: Row[]): void;
  /** A line of its own, above the bars. */
  say(line: string): void;
  /** What is drawn stays; what is shown next comes below it. */
  end(): void;
}

/** Bars that are redrawn in place on a terminal; elsewhere, and on terminals that can't, a line a change. */
export function progressDisplay(stream: HumanStream, term = process.env.TERM): ProgressDisplay {
  return stream.isTTY && term !== 'dumb' ? barsIn(stream) : progressLog(stream);
}

function barsIn(stream: HumanStream): ProgressDisplay {
  // Node's own judgement of the terminal, NO_COLOR and FORCE_COLOR.
  const paint = stream.hasColors?.() ? inColour : undefined;
  let drawn: string[] = [];
  let drawnColumns = 0;

  const erase = () => (drawn.length > 0 ? `\x1b[${drawn.length}A\x1b[J` : '');
  return {
    show(rows) {
      const columns = (stream.columns || 80) - 1;
      const lines = fitting(rows, (stream.rows || 24) - 1).map((row) => progressBar(row, columns, paint));
      const fits = lines.length === drawn.length && columns === drawnColumns;
      const change = fits ? changedLines(drawn, lines) : `${erase()}${lines.join('\n')}\n`;
      if (change !== '') stream.write(change);
      drawn = lines;
      drawnColumns = columns;
    },
    say(line) {
      stream.write(`${erase()}${plainLines(line)}\n${drawn.map((bar) => `${bar}\n`).join('')}`);
    },
    end() {
      drawn = [];
    },
  };
}

/** Only what differs is written: no flicker, and little to send where the terminal is far away. */
function changedLines(before: string[], after: string[]): string {
  return after
    .map((line, index) => {
      const up = after.length - index;
      return line === before[index] ? '' : `\x1b[${up}A${line}\x1b[K\x1b[${up}B\r`;
    })
    .join('');
}

const urgency: Record<Row['state'], number> = { failed: 0, running: 1, waiting: 2, done: 3 };

/** What scrolled off the screen can't be redrawn: of too many clips, those that tell most are shown. */
function fitting(rows: Row[], height: number): Row[] {
  if (rows.length <= height) return rows;
  const stages = rows.filter(({ isClip }) => !isClip);
  const clips = rows
    .filter(({ isClip }) => isClip)
    .toSorted((a, b) => urgency[a.state] - urgency[b.state])
    .slice(0, Math.max(0, height - stages.length));
  return rows.filter((row) => !row.isClip || clips.includes(row)).slice(0, height);
}
