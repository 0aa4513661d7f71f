import { choosers } from './choosers.ts';
import type { Recording } from './recordings.ts';
import { addScores, noScore, rates, type Score, scoreClips } from './score.ts';

export type ChooserName = keyof typeof choosers;
export type Tally = Record<ChooserName, Score>;

const names = Object.keys(choosers) as ChooserName[];

/** As many clips as passages were planted, of the default lengths: what every chooser is asked for. */
export function wishesFor({ passages }: Pick<Recording, 'passages'>) {
  return { numSegments: passages.length, minDurationSeconds: 15, maxDurationSeconds: 60 };
}

export function tallyOf(recording: Recording): Tally {
  const scoreOf = (name: ChooserName) =>
    scoreClips(choosers[name](recording, wishesFor(recording)), recording);
  return { chosen: scoreOf('chosen'), even: scoreOf('even'), loudest: scoreOf('loudest') };
}

export function addTallies(a: Tally, b: Tally): Tally {
  return {
    chosen: addScores(a.chosen, b.chosen),
    even: addScores(a.even, b.even),
    loudest: addScores(a.loudest, b.loudest),
  };
}

export const noTally: Tally = { chosen: noScore, even: noScore, loudest: noScore };

/** The product's rates, and beside them those of its rivals. */
export function summaryOf({ chosen, even, loudest }: Tally) {
  return { ...rates(chosen), even: rates(even), loudest: rates(loudest) };
}

/** One line each, for people. */
export function tableOf(title: string, tally: Tally): string {
  const heads = Object.keys(rates(noScore));
  const rows = names.map((name) =>
    [name.padEnd(10), ...Object.values(rates(tally[name])).map((rate) => rate.toFixed(3).padStart(15))].join(
      '',
    ),
  );
  return [
    `${title}\n`,
    ' '.repeat(10),
    ...heads.map((head) => head.padStart(15)),
    '\n',
    rows.join('\n'),
  ].join('');
}
