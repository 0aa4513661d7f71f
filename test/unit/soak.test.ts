import { describe, expect, it } from '@jest/globals';
import { bugs } from '../../trials/soak/bugs.ts';
import { runsToFindBugs, search } from '../../trials/soak/soak.ts';

const seed = 1;

/** These need hundreds of runs: `npm run soak` looks for them, too. */
const rare = ['an older attempt may write', 'nobody sweeps up after a deleted job'];
const common = bugs.filter(({ name }) => !rare.includes(name));

describe('the life of a job, disturbed in every way', () => {
  it('keeps its promises', async () => {
    const broken = await search({ numRuns: 200, seed });

    expect(broken?.outcome).toBeUndefined();
  });

  it.each(common.map((bug) => [bug.name, bug] as const))('shows it when %s', async (_, bug) => {
    const broken = await search({ numRuns: runsToFindBugs, seed, bug, endOnFailure: true });

    expect(broken).toBeDefined();
  });
});
