import { el } from './dom.ts';

/** Asks before what can't be undone. Focus starts on the harmless answer and returns where it was. */
export function confirm(question: string, consequence: string, yes: string): Promise<boolean> {
  const no = el('button', { value: 'no', className: 'quiet', autofocus: true }, 'Keep it');
  const dialog = el(
    'dialog',
    { className: 'dialog', 'aria-labelledby': 'dialog-title' },
    el(
      'form',
      { method: 'dialog' },
      el('h2', { id: 'dialog-title' }, question),
      el('p', {}, consequence),
      el('div', { className: 'actions' }, no, el('button', { value: 'yes', className: 'danger' }, yes)),
    ),
  );
  document.body.append(dialog);
  dialog.showModal();
  return new Promise((resolve) => {
    dialog.addEventListener('close', () => {
      resolve(dialog.returnValue === 'yes');
      dialog.remove();
    });
  });
}
