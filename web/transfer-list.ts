import { el, setText } from './dom.ts';
import type { UploadFile, Uploads } from './uploads.ts';

/** Where several files go up at once: each with its share, to be paused or given up by itself. */
export function transferList(uppy: Uploads): { element: HTMLElement; show(files: UploadFile[]): void } {
  const element = el('ul', { className: 'transfer-files', hidden: true });
  const rows = new Map<string, { row: HTMLLIElement; percent: HTMLElement; pause: HTMLButtonElement }>();

  function add({ id, name }: UploadFile) {
    const percent = el('span', { className: 'hint' });
    const pause = el('button', { type: 'button', className: 'quiet', onclick: () => uppy.pauseResume(id) });
    const cancel = el(
      'button',
      { type: 'button', className: 'quiet', onclick: () => uppy.removeFile(id) },
      '×',
    );
    cancel.setAttribute('aria-label', `Cancel the upload of ${name}`);
    const row = el(
      'li',
      {},
      el('span', { className: 'chosen-name' }, name),
      percent,
      el('span', { className: 'actions' }, pause, cancel),
    );
    element.append(row);
    const added = { row, percent, pause };
    rows.set(id, added);
    return added;
  }

  return {
    element,
    show(files) {
      element.hidden = files.length < 2;
      for (const [id, { row }] of rows) {
        if (files.some((file) => file.id === id)) continue;
        row.remove();
        rows.delete(id);
      }
      for (const file of files) {
        const { percent, pause } = rows.get(file.id) ?? add(file);
        const share = (file.progress.bytesUploaded || 0) / (file.size || 1);
        setText(percent, file.error ? 'stopped' : `${Math.floor(share * 100)} %`);
        pause.hidden = Boolean(file.error || file.isGhost);
        setText(pause, file.isPaused ? 'Resume' : 'Pause');
        pause.setAttribute('aria-label', `${pause.textContent} the upload of ${file.name}`);
      }
    },
  };
}
