import { describe, expect, it } from '@jest/globals';
import { OneTimeCodes } from '../../local/issuer/one-time-codes.ts';

const grant = { user: 'alice', codeChallenge: 'a-challenge' } as const;

describe('a one-time code', () => {
  it('stands for its grant until a minute is over', () => {
    const codes = new OneTimeCodes();
    const [early, late] = [codes.issue(grant, 0), codes.issue(grant, 0)];

    expect(codes.redeem(early, 59_999)).toMatchObject(grant);
    expect(codes.redeem(late, 60_000)).toBeUndefined();
  });

  it('stands for nothing the second time', () => {
    const codes = new OneTimeCodes();
    const code = codes.issue(grant, 0);
    codes.redeem(code, 1);

    expect(codes.redeem(code, 2)).toBeUndefined();
  });
});
