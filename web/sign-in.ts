import type { PageConfig } from './config.ts';
import { findIssuer, type Issuer } from './issuer.ts';
import { showNotice } from './notice.ts';
import { renewTokens } from './renew-tokens.ts';
import { returnTokens } from './sign-in-again.ts';
import { beginSignIn } from './sign-in-request.ts';
import { finishSignIn } from './sign-in-return.ts';
import { followSignOut, signOut, takeSignedOut } from './sign-out.ts';
import { keepTokens, keptTokens } from './tokens.ts';

export interface SignIn {
  /** Who signed in, as the issuer names them; one and the same as long as the page lives. */
  subject?: string;
  /**
   * A token that holds, renewed if need be; where that takes people, it comes when they have signed in again.
   * `refused`: one that the API did not take.
   */
  token(refused?: string): Promise<string | undefined>;
  signOut?(): void;
}

/** Sign-in by authorization code with PKCE, at the issuer's own page; nothing at all where none is asked for. */
export async function signIn({ sign_in: settings }: PageConfig): Promise<SignIn> {
  if (!settings) return { token: async () => undefined };
  const issuer = await findIssuer(settings);
  await enter(issuer);
  followSignOut();

  let renewing: Promise<void> | undefined;
  return {
    subject: keptTokens()?.subject,
    async token(refused) {
      const tokens = keptTokens();
      if (tokens && tokens.bearer !== refused && Date.now() < tokens.freshUntil) return tokens.bearer;

      // All calls wait for the same renewal.
      renewing ??= renewTokens(issuer, tokens).finally(() => {
        renewing = undefined;
      });
      await renewing;
      return keptTokens()?.bearer;
    },
    signOut: () => signOut(issuer),
  };
}

/** Resolves with tokens kept, which may have ended; else the page is left, and this never resolves. */
async function enter(issuer: Issuer): Promise<void> {
  const returned = await finishSignIn(issuer);
  if (returned && 'refusal' in returned) {
    await showNotice('You are not signed in', returned.refusal, 'Sign in');
    return leave(issuer, returned.channelName);
  }
  if (returned?.channelName) {
    returnTokens(returned.tokens, returned.channelName);
    return new Promise(() => {});
  }
  if (returned) keepTokens(returned.tokens);
  if (keptTokens()) return;
  if (takeSignedOut())
    await showNotice('You are signed out', 'Your recordings and clips stay where they are.', 'Sign in');
  return leave(issuer);
}

/** Takes the page's place in the history, so that Back does not lead here and at once away again. */
async function leave(issuer: Issuer, channelName?: string): Promise<never> {
  location.replace(await beginSignIn(issuer, channelName));
  return new Promise(() => {});
}
