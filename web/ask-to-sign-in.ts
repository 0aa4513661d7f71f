import { announce } from './announce.ts';
import { byId, el } from './dom.ts';

/** Takes the place of the page, and resolves when people want to sign in. */
export function askToSignIn(heading: string, words: string): Promise<void> {
  const { promise, resolve } = Promise.withResolvers<void>();
  byId('main').replaceChildren(
    el('h1', {}, heading),
    el('p', {}, words),
    el('button', { className: 'primary', onclick: () => resolve() }, 'Sign in'),
  );
  announce(heading);
  return promise;
}

/** Stands over the page until the answered function is called; the page itself stays as it is. */
export function askToSignInAgain(signIn: () => void): () => void {
  const dialog = el(
    'dialog',
    { className: 'dialog', 'aria-labelledby': 'sign-in-title' },
    el('h2', { id: 'sign-in-title' }, 'Your sign-in has ended'),
    el('p', {}, 'Sign in again to go on. Nothing is lost: uploads wait for it.'),
    el(
      'div',
      { className: 'actions' },
      el('button', { className: 'primary', onclick: signIn, autofocus: true }, 'Sign in again'),
    ),
  );
  // Escape closes it; but without a sign-in nothing on the page works.
  dialog.addEventListener('close', () => dialog.isConnected && dialog.showModal());
  document.body.append(dialog);
  dialog.showModal();
  return () => dialog.remove();
}
