import Sequencer from '@jest/test-sequencer';

/** Those with the longest suites first. */
const folders = ['e2e', 'media', 'contract', 'infra', 'unit'];

/**
 * Jest starts the longest suites first, so that no worker ends alone with one. Where it has never run, as in CI, it
 * takes the largest files for those; our folders tell more.
 */
export default class FoldersFirst extends Sequencer {
  sort(tests) {
    const sorted = super.sort(tests);
    if (sorted.some(({ duration }) => duration !== undefined)) return sorted;
    const rank = ({ path }) => folders.findIndex((folder) => path.includes(`/test/${folder}/`));
    return sorted.toSorted((one, other) => rank(one) - rank(other));
  }
}
