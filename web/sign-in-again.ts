import { generateRandomState } from 'oauth4webapi';
import type { Issuer } from './issuer.ts';
import { askToSignInAgain } from './sign-in-dialog.ts';
import { beginSignIn } from './sign-in-request.ts';
import { keepTokens, keptTokens, type Tokens } from './tokens.ts';

/**
 * Has people sign in again in a window of its own, so that the page keeps its view, and its uploads their files.
 * Resolves when they have.
 */
export async function signInAgain(issuer: Issuer): Promise<void> {
  const channel = new BroadcastChannel(generateRandomState());
  const signedIn = new Promise<Tokens>((resolve) => {
    channel.onmessage = ({ data }) => resolve(data);
  });
  const address = await beginSignIn(issuer, channel.name);
  const close = askToSignInAgain(async () => {
    const opened = open(address, '_blank', 'popup,width=480,height=680');
    if (!opened) location.assign(await beginSignIn(issuer));
  });

  const tokens = await signedIn;
  channel.close();
  const subject = keptTokens()?.subject;
  keepTokens(tokens);
  if (subject && subject !== tokens.subject) {
    // What the page shows is another person's.
    location.reload();
    await new Promise(() => {});
  }
  close();
}

/** Hands the tokens to the page that waits for them on this channel, and closes the window. */
export function returnTokens(tokens: Tokens, channelName: string): void {
  const channel = new BroadcastChannel(channelName);
  channel.postMessage(tokens);
  channel.close();
  close();
}
