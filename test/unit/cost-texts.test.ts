import { describe, expect, it } from '@jest/globals';
import { costText } from '../../cli/show/cost-text.ts';
import { costWords } from '../../web/cost-words.ts';

const costing = (total: number) => ({ cost: { total, region: 'us-east-1', prices_as_of: '2026-11-22' } });

describe('what a job cost, in words', () => {
  it.each([
    [0, '$0.00'],
    [0.000001, '$0.0000010'],
    [0.001338, '$0.0013'],
    [0.0214, '$0.021'],
    [0.5, '$0.50'],
    [12.345, '$12.35'],
  ])('tells %d dollars as %s, in the terminal and on the page', (total, shown) => {
    expect(costText(costing(total))).toBe(
      `Cost on AWS: about ${shown} (list prices of us-east-1, 2026-11-22)`,
    );
    expect(costWords({ ...costing(total), status: 'completed' })).toBe(
      `On AWS it cost about ${shown}, by list prices.`,
    );
  });

  it('says of a job that runs that there is more to come', () => {
    expect(costWords({ ...costing(0.01), status: 'clipping' })).toMatch(/^So far it costs/);
  });

  it('is silent where an older service tells nothing, and lets nobody steer the terminal', () => {
    const steering = { total: 1, region: '\u001b[31mred', prices_as_of: 'x' };

    expect(costText({})).toBeUndefined();
    expect(costWords({ status: 'completed' })).toBe('');
    expect(costText({ cost: steering })).not.toContain('\u001b');
  });
});
