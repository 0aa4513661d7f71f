import { describe, expect, it } from '@jest/globals';
import { bugs } from '../../trials/soak/bugs.ts';
import { runsToFindBugs, search } from '../../trials/soak/soak.ts';

const seed = 1;

describe('the life of a job, disturbed in every way', () => {
  it('keeps its promises', async () => {
    const broken = await search({ numRuns: 200, seed });

    expect(broken?.outcome).toBeUndefined();
  });

  it.each(bugs.map(({ name }) => name))('shows it when %s', async (name) => {
    const bug = bugs.find((one) => one.name === name);

    const broken = await search({ numRuns: runsToFindBugs, seed, bug, endOnFailure: true });

    expect(broken?.outcome.violations).not.toEqual([]);
    expect(broken).toBeDefined();
  });
});
