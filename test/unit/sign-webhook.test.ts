import { createHmac, timingSafeEqual } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { signedHeaders, signingSecrets } from '../../core/announce/sign-webhook.ts';
import { isSignedBy } from '../support/is-signed-by.ts';

const secret = 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw';

describe('a webhook', () => {
  it('is signed as the test vector of Standard Webhooks has it', () => {
    const message = {
      id: 'msg_p5jXN8AQM9LWM0D4loKWxJek',
      timestampSeconds: 1614265330,
      body: '{"test": 2432232314}',
    };

    expect(signedHeaders(message, [secret])).toEqual({
      'content-type': 'application/json',
      'webhook-id': 'msg_p5jXN8AQM9LWM0D4loKWxJek',
      'webhook-timestamp': '1614265330',
      'webhook-signature': 'v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=',
    });
  });

  it('is verified with each of the secrets that signed it, and with no other, nor with another body', () => {
    const secrets = fc
      .uint8Array({ minLength: 32, maxLength: 32 })
      .map((key) => `whsec_${Buffer.from(key).toString('base64')}`);
    const three = fc.uniqueArray(secrets, { minLength: 3, maxLength: 3 });

    fc.assert(
      fc.property(three, fc.string(), fc.string(), (all, body, other) => {
        const [current = '', former = '', stranger = ''] = all;
        const headers = signedHeaders({ id: 'a-1-completed', timestampSeconds: 1, body }, [current, former]);

        expect(all.map((one) => isSignedBy(headers, body, one))).toEqual([true, true, false]);
        expect(isSignedBy(headers, other, stranger)).toBe(false);
        if (other !== body) expect(isSignedBy(headers, other, current)).toBe(false);
      }),
    );
  });

  it('is verified by the lines that the documentation gives to receivers, while it is fresh', () => {
    const [, code = ''] = /```js\n([\s\S]*?)```/.exec(readFileSync('docs/events.md', 'utf8')) ?? [];
    const body = code.replace(/^import.*$/m, '').replace('export function', 'return function');
    const verifies = new Function('createHmac', 'timingSafeEqual', body)(createHmac, timingSafeEqual);
    const now = Math.floor(Date.now() / 1000);
    const signed = (timestampSeconds: number) =>
      signedHeaders({ id: '1', timestampSeconds, body: '{}' }, [secret]);

    expect(verifies(signed(now), '{}', secret)).toBe(true);
    expect(verifies(signed(now), '{ }', secret)).toBe(false);
    expect(verifies(signed(now), '{}', 'whsec_b3RoZXI=')).toBe(false);
    expect(verifies(signed(now - 400), '{}', secret)).toBe(false);
    expect(verifies({}, '{}', secret)).toBe(false);
  });

  it('is signed with the former secret until that expires', () => {
    const former = { secret: 'whsec_old', expiresAt: '2026-01-02T00:00:00.000Z' };
    const known = { secret: 'whsec_new', createdAt: '2026-01-01T00:00:00.000Z', former };

    expect(signingSecrets(known, '2026-01-01T23:59:59.999Z')).toEqual(['whsec_new', 'whsec_old']);
    expect(signingSecrets(known, '2026-01-02T00:00:00.000Z')).toEqual(['whsec_new']);
  });
});
