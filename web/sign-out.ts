import type { Issuer } from './issuer.ts';
import { returnUrl } from './sign-in-request.ts';
import { forgetTokens } from './tokens.ts';

const key = 'signed-out';
const otherTabs = new BroadcastChannel('sign-out');

/** Signs out here, too, when another tab does. */
export function followSignOut(): void {
  otherTabs.onmessage = () => {
    endSession();
    location.reload();
  };
}

/** Forgets the tokens in every tab, and ends the issuer's own session, which would else sign in again without asking. */
export function signOut({ server, client }: Issuer): void {
  // Only when the page is really left: who stays, for an upload, stays signed in.
  addEventListener('pagehide', () => {
    endSession();
    otherTabs.postMessage('signed-out');
  });
  // Back would show what was here, as it was.
  addEventListener('pageshow', () => location.reload());
  const address = new URL(server.end_session_endpoint ?? returnUrl);
  address.search = new URLSearchParams({
    client_id: client.client_id,
    post_logout_redirect_uri: returnUrl,
    // Cognito has a name of its own for it.
    logout_uri: returnUrl,
  }).toString();
  location.assign(address);
}

function endSession(): void {
  forgetTokens();
  sessionStorage.setItem(key, 'true');
}

/** Whether people signed out here, asked once. */
export function takeSignedOut(): boolean {
  const signedOut = sessionStorage.getItem(key) !== null;
  sessionStorage.removeItem(key);
  return signedOut;
}
