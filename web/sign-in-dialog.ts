import { el } from './dom.ts';

/** Stands over the page until the answered function is called; the page itself stays as it is. */
export function askToSignInAgain(signIn: () => void): () => void {
  const dialog = el(
    'dialog',
    { className: 'dialog', 'aria-labelledby': 'sign-in-title' },
    el(
      'form',
      {
        onsubmit(event: Event) {
          event.preventDefault();
          signIn();
        },
      },
      el('h2', { id: 'sign-in-title' }, 'Your sign-in has ended'),
      el('p', {}, 'Sign in again to go on. Nothing is lost: uploads wait for it.'),
      el('button', { className: 'primary', autofocus: true }, 'Sign in again'),
    ),
  );
  // Escape closes it; but without a sign-in nothing on the page works.
  dialog.addEventListener('close', () => dialog.isConnected && dialog.showModal());
  document.body.append(dialog);
  dialog.showModal();
  return () => dialog.remove();
}
