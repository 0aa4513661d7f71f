import { describe, expect, it } from '@jest/globals';
import { bugs } from '../../trials/soak/bugs.ts';
import { runsToFindBugs, search } from '../../trials/soak/soak.ts';

const seed = 1;

/** These need thousands of runs: `npm run soak` looks for them, too. */
const rare = [
  'an older attempt may write',
  'a start that was claimed is not made up for',
  'a source that was replaced is deleted, too',
];

describe('the life of a job, disturbed in every way', () => {
  it('keeps its promises', async () => {
    const broken = await search({ numRuns: 200, seed });

    expect(broken?.outcome).toBeUndefined();
  });

  it.each(bugs.map(({ name }) => name).filter((name) => !rare.includes(name)))(
    'shows it when %s',
    async (name) => {
      const bug = bugs.find((one) => one.name === name);

      const broken = await search({ numRuns: runsToFindBugs, seed, bug, endOnFailure: true });

      expect(broken?.outcome.violations).not.toEqual([]);
      expect(broken).toBeDefined();
    },
  );
});
