import { randomBytes } from 'node:crypto';
import type { User } from './users.ts';

/** The browser brings it to the page, and the page back to us, at once. */
const lifeMs = 60_000;

export interface Grant {
  user: User;
  /** SHA-256 of the verifier that only the page knows, in base64url (RFC 7636). */
  codeChallenge: string;
  nonce?: string;
}

/** Authorization codes: each stands for a grant, once, for a minute. Times in milliseconds. */
export class OneTimeCodes {
  readonly #grants = new Map<string, Grant & { endsAtMs: number }>();

  issue(grant: Grant, nowMs: number): string {
    for (const [code, { endsAtMs }] of this.#grants) if (endsAtMs <= nowMs) this.#grants.delete(code);
    const code = randomBytes(32).toString('base64url');
    this.#grants.set(code, { ...grant, endsAtMs: nowMs + lifeMs });
    return code;
  }

  /** Undefined for a code that was never issued, has ended or was shown before, whatever came of that. */
  redeem(code: string, nowMs: number): Grant | undefined {
    const grant = this.#grants.get(code);
    this.#grants.delete(code);
    return grant && nowMs < grant.endsAtMs ? grant : undefined;
  }
}
