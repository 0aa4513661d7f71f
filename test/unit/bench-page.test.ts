import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { figureOf } from '../../bench/figure.ts';
import { measurements } from '../../bench/measurements.ts';
import { fillPage, tablesOf } from '../../bench/page.ts';
import { readReport } from '../../bench/report.ts';

const figure = (name: string, value: number) => ({
  ...figureOf(
    { name, about: `About ${name}`, unit: 's', goal: { of: 'value', is: '≤', bound: 10 } },
    { values: [value, value, value] },
  ),
  machine: 'A machine, load 2.6 at the start, 2026-11-23T04:07:32.251Z',
});

describe('the page of the bench', () => {
  it('tells how often each was measured, when, and what never was', () => {
    const { runs } = tablesOf([figure('job.seconds', 5)], ['job', 'upload']);

    expect(runs).toContain('| `job` | 3 | 2.6, 2026-11-23 |\n| `upload` | **not run** | |');
  });

  it('counts the goals, and gives the functions and their memory tables of their own', () => {
    const figures = [
      figure('job.seconds', 50),
      figure('functions.read-jobs.init', 5),
      figure('memory.cpu', 1),
    ];

    const { met, figures: most, functions, memory } = tablesOf(figures, []);

    expect(met).toContain('2 of 3 goals met');
    expect(most).toMatch(/About job.*\*\*no\*\*/);
    expect(most).not.toMatch(/functions|memory/);
    expect([functions, memory]).toEqual([
      expect.stringContaining('read-jobs.init'),
      expect.stringContaining('memory.cpu'),
    ]);
  });

  it('gets a table where its place is, and keeps every other word', () => {
    const page = 'Words\n\n<!-- met -->\n\nold $1\n\n<!-- end -->\n\nMore <!-- words -->\n';

    const filled = fillPage(page, { met: '3 of $& 4' });

    expect(filled).toBe(page.replace('old $1', () => '3 of $& 4'));
    expect(() => fillPage(page, { figures: '' })).toThrow('no place for figures');
  });

  it('as committed shows what its raw numbers say', () => {
    const page = readFileSync('docs/performance.md', 'utf8');
    const known = measurements.map(({ name }) => name);

    expect(fillPage(page, tablesOf(readReport('docs/performance.json'), known))).toBe(page);
  });
});
