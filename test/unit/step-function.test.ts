import { describe, expect, it } from '@jest/globals';
import { ForbiddenAddress, WebhookFailed } from '../../core/announce/webhook-failures.ts';
import { NotMedia, StaleAttempt } from '../../core/failures.ts';
import { levelOf } from '../../lambdas/shared/step-function.ts';

describe('a failed step', () => {
  it.each([
    ['warn', new NotMedia('')],
    ['warn', new StaleAttempt('')],
    ['warn', new WebhookFailed('')],
    ['warn', new ForbiddenAddress('')],
    ['error', new TypeError('')],
    ['error', new DOMException('', 'TimeoutError')],
  ])('is logged as what it is to those who run this: %s, %p', (level, error) => {
    expect(levelOf(error)).toBe(level);
  });
});
