import { expect, it } from '@jest/globals';
import { objectCreated } from '../../lambdas/receive-upload/contract.ts';

it('the time of an arrival comes to the second, and is written like all others, which are sorted as texts', () => {
  const detail = { object: { key: 'inbox/a.mp4' } };

  expect(objectCreated.parse({ time: '2026-01-01T12:00:00Z', detail }).time).toBe('2026-01-01T12:00:00.000Z');
});
