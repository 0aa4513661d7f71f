import { execFileSync } from 'node:child_process';
import { expect, it } from '@jest/globals';
import { preparedNode } from '../support/prepared-node.ts';

// A process of its own: inside jest's sandbox arithmetic on samples takes twenty times as long.
it('finds planted passages more often than even or loudest segments do, and cuts no speech', () => {
  const args = [...preparedNode, 'eval/main.ts', '--runs', '4', '--seed', '501', '--json'];

  const printed = execFileSync(process.execPath, args, { encoding: 'utf8' });

  const { even, loudest, ...chosen } = JSON.parse(printed.trimEnd().split('\n').at(-1)!);
  expect(chosen.recall).toBeGreaterThan(Math.max(even.recall, loudest.recall));
  expect(chosen.mean_iou).toBeGreaterThan(Math.max(even.mean_iou, loudest.mean_iou));
  expect(chosen.ends_in_speech).toBeLessThan(0.02);
  expect(chosen.same_through_files).toBe(true);
});
