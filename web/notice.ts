import { announce } from './announce.ts';
import { byId, el } from './dom.ts';

/** Takes the place of the page. Resolves when its one button is pressed. */
export function showNotice(heading: string, words: string, button: string): Promise<void> {
  const { promise, resolve } = Promise.withResolvers<void>();
  byId('main').replaceChildren(
    el(
      'div',
      { className: 'notice' },
      el('h1', {}, heading),
      el('p', {}, words),
      el('button', { className: 'primary', onclick: () => resolve() }, button),
    ),
  );
  announce(heading);
  return promise;
}
