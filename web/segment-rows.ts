import { el } from './dom.ts';
import type { Draft } from './settings.ts';

type Row = Draft['segments'][number];

/** The rows of given parts: start, end, title. A row left empty counts for nothing. */
export function segmentRows(
  list: HTMLElement,
  add: HTMLElement,
  onChange: () => void,
): { read(): Row[]; clear(): void } {
  add.addEventListener('click', () => {
    const row = emptyRow();
    row.querySelector('button')?.addEventListener('click', () => {
      const neighbour = row.nextElementSibling ?? row.previousElementSibling;
      row.remove();
      (neighbour?.querySelector('input') ?? add).focus();
      onChange();
    });
    list.append(row);
    row.querySelector('input')?.focus();
  });

  return {
    clear() {
      list.replaceChildren();
      onChange();
    },
    read() {
      const filled = [...list.children]
        .map(
          (row) =>
            [...row.querySelectorAll('input')] as [HTMLInputElement, HTMLInputElement, HTMLInputElement],
        )
        .filter((inputs) => inputs.some(({ value }) => value.trim()));
      return filled.map(([start, end, title], index) => {
        // Errors find their control by its place among the filled rows.
        start.name = `segments.${index}.start`;
        end.name = `segments.${index}.end`;
        return { start: start.value, end: end.value, title: title.value };
      });
    },
  };
}

function emptyRow(): HTMLElement {
  const field = (kind: keyof Row, words: string, hint: string) =>
    el(
      'label',
      { className: `field segment-${kind}` },
      el('span', {}, words),
      el('input', { type: 'text', placeholder: hint, autocomplete: 'off', maxLength: 200 }),
    );
  return el(
    'div',
    { className: 'segment-row', role: 'group', 'aria-label': 'Part' },
    field('start', 'Start', '12:40'),
    field('end', 'End', '13:10'),
    field('title', 'Title', 'optional'),
    el('button', { type: 'button', className: 'quiet', 'aria-label': 'Remove this part' }, '×'),
  );
}
