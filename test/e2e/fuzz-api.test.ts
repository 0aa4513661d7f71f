import { expect, it } from '@jest/globals';
import { fuzzApi } from '../../trials/fuzz-api/fuzz-api.ts';

it('answers whatever is asked as its document says, and strangers nothing; npm run fuzz:api is the long version', async () => {
  const said: string[] = [];
  const { signal } = new AbortController();

  // The settings of every other test: so few requests meet no limit.
  const counts = await fuzzApi({ runs: 300, seed: 1, signal, print: (line) => void said.push(line) }, {});

  expect(said).toEqual([]);
  expect(counts).toMatchObject({ requests: 300, violations: 0, leaks: 0 });
  expect(counts.trespasses).toBe(2 * 6 * (counts.routes ?? 0));
  expect(counts.status_200).toBeGreaterThan(20);
  expect(counts.status_429).toBeUndefined();
});
