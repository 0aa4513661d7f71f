import { byId, el, setText } from './dom.ts';
import { formatSize } from './format.ts';
import type { UploadFile, Uploads } from './uploads.ts';

/** The files that are chosen and not yet begun, each of which may be taken off again; and the button that begins. */
export function showChosenFiles(uppy: Uploads): void {
  const list = byId('chosen');
  const errors = byId('drop-errors');
  const start = byId<HTMLButtonElement>('start');
  const rows = new Map<string, HTMLLIElement>();

  function rowOf({ id, name, size }: UploadFile): HTMLLIElement {
    const row = el(
      'li',
      {},
      el('span', { className: 'chosen-name' }, name),
      el('span', { className: 'hint' }, formatSize(size ?? 0)),
      el('button', { type: 'button', className: 'quiet', 'aria-label': `Take ${name} off the list` }, '×'),
    );
    row.querySelector('button')?.addEventListener('click', () => {
      const neighbour = row.nextElementSibling ?? row.previousElementSibling;
      uppy.removeFile(id);
      (neighbour ?? byId('drop')).querySelector('button')?.focus();
    });
    return row;
  }

  uppy.on('state-update', (_before, _after, patch) => {
    if (!patch?.files) return;
    const chosen = uppy.getFiles().filter(({ progress }) => !progress.uploadStarted);
    const ids = new Set(chosen.map(({ id }) => id));
    for (const [id, row] of rows) {
      if (ids.has(id)) continue;
      row.remove();
      rows.delete(id);
    }
    for (const file of chosen.filter(({ id }) => !rows.has(id))) {
      rows.set(file.id, rowOf(file));
      list.append(rows.get(file.id) as HTMLLIElement);
    }
    start.disabled = chosen.length === 0;
    setText(start, wordsOf(chosen.length));
  });
  const refused = new Map<string, string[]>();
  uppy.on('restriction-failed', (file, { message }) => {
    // What is dropped at once is refused in one go, before the good files among it are added.
    if (refused.size === 0) queueMicrotask(() => refused.clear());
    refused.set(message, [...(refused.get(message) ?? []), file?.name ?? '']);
    errors.hidden = false;
    setText(errors, [...refused].map(([reason, names]) => `${names.join(', ')}: ${reason}`).join('\n'));
  });
  uppy.on('file-added', () => {
    errors.hidden = refused.size === 0;
  });
}

function wordsOf(count: number): string {
  if (count === 0) return 'Choose a file first';
  return count === 1 ? 'Make clips' : `Make clips of ${count} recordings`;
}
