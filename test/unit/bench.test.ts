import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { BadUsage, parseArguments } from '../../bench/arguments.ts';
import { onFile } from '../../bench/commands.ts';
import { type FigurePlan, figureOf, median, percentile } from '../../bench/figure.ts';
import { figurePlans, measurements } from '../../bench/measurements.ts';
import { mergeFigures, readReport } from '../../bench/report.ts';
import { summaryOf } from '../../bench/summary.ts';
import { tableOf } from '../../bench/table.ts';
import { eachRun } from '../../bench/timed.ts';
import { inputArgs } from '../../core/media/ffmpeg/input-args.ts';

const aPlan = (more: Partial<FigurePlan> = {}): FigurePlan => ({
  ...{ name: 'job.seconds', about: 'A job', unit: 's' },
  ...more,
});

describe('the arithmetic of the bench', () => {
  it('takes the value in the middle, or the mean of the two that are', () => {
    expect([median([3, 100, 1]), median([4, 1, 2, 100]), median([])]).toEqual([3, 3, null]);
  });

  it('does not care in which order runs came', () => {
    const values = fc.array(fc.double({ noNaN: true, min: 0, max: 1e6 }), { minLength: 1 });
    fc.assert(
      fc.property(values, (runs) => {
        const middle = median(runs)!;

        expect(median(runs.toReversed())).toBe(middle);
        expect(runs.filter((run) => run <= middle).length * 2).toBeGreaterThanOrEqual(runs.length);
        expect(runs.filter((run) => run >= middle).length * 2).toBeGreaterThanOrEqual(runs.length);
      }),
    );
  });

  it('takes as a percentile the least value that so many do not exceed', () => {
    const hundred = Array.from({ length: 100 }, (_, n) => n + 1);

    expect([percentile(hundred, 0.5), percentile(hundred, 0.99), percentile([7], 0.99)]).toEqual([50, 99, 7]);
  });

  it('compares run by run: what slows both sides of one is no difference', () => {
    const { value, against_value, ratio } = figureOf(aPlan({ against: 'by hand' }), {
      values: [10, 110, 33],
      against: [10, 100, 30],
    });

    expect([value, against_value, ratio]).toEqual([33, 30, 1.1]);
  });

  it('refuses a run that was measured on one side only', () => {
    expect(() => figureOf(aPlan(), { values: [1, 2], against: [1] })).toThrow('one side');
  });

  it.each([
    ['ratio', '≤', 1.15, true],
    ['ratio', '≤', 1.05, false],
    ['ratio', '≥', 1.1, true],
    ['value', '≤', 33, true],
    ['value', '≥', 34, false],
  ] as const)('holds the %s %s %d: %s', (of, is, bound, met) => {
    const reading = { values: [11, 33, 44], against: [10, 30, 40] };

    expect(figureOf(aPlan({ goal: { of, is, bound } }), reading)).toMatchObject({
      goal: `${of} ${is} ${bound}`,
      met,
    });
  });

  it('takes no goal for met that was not measured, and none for missed that nobody set', () => {
    const goal = { of: 'value', is: '≤', bound: 500 } as const;

    expect(figureOf(aPlan({ goal }))).toMatchObject({ value: null, met: false, runs: 0 });
    expect(figureOf(aPlan(), { values: [1] }).met).toBeNull();
  });
});

describe('the report of the bench', () => {
  it('puts figures in the place of older ones, in its own order, and forgets names that are no more', () => {
    const figure = (name: string, value: number, machine: string) => ({
      ...figureOf(aPlan({ name }), { values: [value] }),
      machine,
    });

    const merged = mergeFigures(
      [figure('gone', 1, 'old'), figure('b', 2, 'old'), figure('a', 3, 'old')],
      [figure('b', 4, 'new')],
      ['a', 'b', 'c'].map((name) => aPlan({ name })),
    );

    expect(merged.map(({ name, value, machine }) => [name, value, machine])).toEqual([
      ['a', 3, 'old'],
      ['b', 4, 'new'],
    ]);
  });

  it('is a table that says what was not met and what was not measured', () => {
    const goal = { of: 'value', is: '≤', bound: 500 } as const;
    const [, , missed, absent] = tableOf([
      figureOf(aPlan({ about: 'Bundle', unit: 'KB', goal }), { values: [632.41] }),
      figureOf(aPlan({ about: 'Smart cut', goal })),
    ]).split('\n');

    expect(missed).toMatch(/Bundle +\| 632 KB +\|.*value ≤ 500 \| \*\*no\*\*/);
    expect(absent).toMatch(/Smart cut +\| not measured \|.*\*\*no\*\*/);
  });

  it('has a name of its own for each figure, that begins with its measurement’s', () => {
    const names = figurePlans.map(({ name }) => name);

    expect(new Set(names).size).toBe(names.length);
    for (const { name, figures } of measurements) {
      expect(figures.filter((figure) => !figure.name.startsWith(`${name}.`))).toEqual([]);
    }
  });

  it('as committed has only figures that the bench has, with their raw numbers', () => {
    const known = new Map(figurePlans.map((plan) => [plan.name, plan]));

    const committed = readReport('docs/performance.json');

    expect(committed.length).toBeGreaterThan(0);
    for (const { machine, ...figure } of committed) {
      expect(known.has(figure.name)).toBe(true);
      expect(machine).toContain('load');
      expect(figure).toEqual(figureOf(known.get(figure.name)!, figure.raw));
    }
  });
});

describe('what the bench ends with', () => {
  const goal = { of: 'value', is: '≤', bound: 500 } as const;
  const figures = [figureOf(aPlan({ goal }), { values: [400] }), figureOf(aPlan(), { values: [1] })];

  it('is the figures, and how many of those that promise something hold it', () => {
    const summary = summaryOf(figures, { machine: '2 cores', interrupted: false });

    expect(summary).toMatch(/^2 cores\n\n\|.*\n\n1 of 1 goals met\.$/s);
    expect(summaryOf(figures.slice(1), { machine: '2 cores', interrupted: false })).not.toContain('goals');
  });

  it('is, when interrupted, that it was, with the figures that there are', () => {
    const room = { machine: '2 cores', interrupted: true };

    expect(summaryOf(figures, room)).toMatch(/400 s.*1 of 1 goals met\.\n\nInterrupted/s);
    expect(summaryOf([], room)).toBe('Interrupted before the first figure: nothing was measured.');
  });
});

describe('the bench', () => {
  it('tells each run as it begins, until it is interrupted', () => {
    const interrupted = new AbortController();
    const told: string[] = [];
    const measureTwice = () => {
      const room = { runs: 3, signal: interrupted.signal, print: (line: string) => void told.push(line) };
      for (const run of eachRun(room)) {
        told.push(`measured ${run}`);
        if (run === 1) interrupted.abort();
      }
    };

    expect(measureTwice).toThrow(expect.objectContaining({ name: 'AbortError' }));
    expect(told).toEqual(['run 1 of 3', 'measured 0', 'run 2 of 3', 'measured 1']);
  });

  it('types by hand what the product runs, on a file', () => {
    const args = [...inputArgs('http://127.0.0.1:4567/0a1b', 'mov'), '-f', 'mp4', '/tmp/clip.mp4'];

    expect(onFile({ path: 'ffmpeg', args }, '/media/talk.mp4').args).toEqual([
      ...['-protocol_whitelist', 'file', '-format_whitelist', 'mov'],
      ...['-max_pixels', '35389440', '-f', 'mov', '-i', '/media/talk.mp4'],
      ...['-f', 'mp4', '/tmp/clip.mp4'],
    ]);
  });

  it.each([
    ['--only', 'nothing'],
    ['--runs', '0'],
    ['--fast', ''],
  ])('called with %s %s says how it is called', (...args) => {
    expect(() => parseArguments(args.filter(Boolean), ['job'])).toThrow(BadUsage);
  });

  it('takes five runs, fewer to try it', () => {
    const runsOf = (...args: string[]) => parseArguments(args, []).runs;

    expect([runsOf(), runsOf('--quick'), runsOf('--quick', '--runs', '2')]).toEqual([5, 3, 2]);
  });
});
