import { describe, expect, it } from '@jest/globals';
import { visitAll } from '../../core/jobs/visit-all.ts';

async function* numbers(count: number) {
  for (let number = 1; number <= count; number += 1) yield number;
}

describe('visiting all of many', () => {
  it('visits each once, in order, and never more at a time than told', async () => {
    const visited: number[] = [];
    let atOnce = 0;
    let most = 0;

    await visitAll(numbers(25), 10, async (number) => {
      visited.push(number);
      atOnce += 1;
      most = Math.max(most, atOnce);
      await new Promise((resolve) => setImmediate(resolve));
      atOnce -= 1;
    });

    expect(visited).toEqual(Array.from({ length: 25 }, (_, index) => index + 1));
    expect(most).toBe(10);
  });

  it('fails with the listing', async () => {
    async function* broken() {
      yield 1;
      throw new Error('no more pages');
    }

    const visits = visitAll(broken(), 2, async () => undefined);

    await expect(visits).rejects.toThrow('no more pages');
  });
});
