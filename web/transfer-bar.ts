import { announce } from './announce.ts';
import { el, setText } from './dom.ts';
import { formatSize, formatTimeLeft } from './format.ts';
import type { keepTrying } from './keep-trying.ts';
import { speedometer } from './speed.ts';
import { transferList } from './transfer-list.ts';
import { readTransfers, type Transfers } from './transfers.ts';
import type { Uploads } from './uploads.ts';

const stateWords: Record<Exclude<Transfers['state'], 'none'>, string> = {
  uploading: 'Uploading',
  paused: 'Paused',
  waiting: 'Connection lost. It goes on by itself',
  failed: 'The upload stopped',
  ghosts: 'The upload was interrupted',
};

/** The bar at the foot of every view while something goes up: how far, how fast, how long; and the controls. */
export function showTransfers(bar: HTMLElement, uppy: Uploads, trying: ReturnType<typeof keepTrying>): void {
  const speed = speedometer();
  let bytesPerSecond: number | undefined;

  const title = el('strong', {});
  const details = el('span', { className: 'transfer-details' });
  const progress = el('progress', { max: 1, 'aria-label': 'Uploaded' });
  const again = el('input', {
    type: 'file',
    multiple: true,
    className: 'visually-hidden',
    id: 'choose-again',
  });
  const button = (words: string, onclick: () => void) =>
    el('button', { type: 'button', className: 'quiet', onclick }, words);
  const controls = {
    choose: button('Choose it again', () => again.click()),
    pause: button('Pause', () => uppy.pauseAll()),
    resume: button('Resume', () => uppy.resumeAll()),
    retry: button('Try again', () => void uppy.retryAll()),
    cancel: button('Cancel', () => uppy.cancelAll()),
  };
  again.tabIndex = -1;
  again.setAttribute('aria-hidden', 'true');
  again.onchange = () => chooseAgain(uppy, again);
  const list = transferList(uppy);
  bar.append(
    el('div', { className: 'transfer-words' }, title, details),
    progress,
    list.element,
    el('div', { className: 'transfer-controls' }, again, ...Object.values(controls)),
  );

  const render = () => {
    const transfers = readTransfers(uppy, trying.isWaiting);
    const { state, bytesSent, bytesTotal } = transfers;
    bar.hidden = state === 'none';
    document.title = state === 'uploading' ? `${percentOf(transfers)} % · Clipwright` : 'Clipwright';
    if (state === 'none') return;

    bar.dataset.state = state;
    setText(title, `${stateWords[state]}: ${namesOf(transfers)}`);
    setText(details, detailsOf(transfers, state === 'uploading' ? bytesPerSecond : undefined));
    progress.value = bytesTotal ? bytesSent / bytesTotal : 0;
    list.show(transfers.files);
    controls.choose.hidden = state !== 'ghosts';
    controls.pause.hidden = state !== 'uploading';
    controls.resume.hidden = state !== 'paused';
    controls.retry.hidden = state !== 'failed' && (state !== 'waiting' || !navigator.onLine);
    announce(state === 'uploading' ? `Uploading, ${quarterOf(transfers)} %` : (title.textContent ?? ''));
  };

  uppy.on('upload-progress', () => {
    const { bytesSent } = readTransfers(uppy, trying.isWaiting);
    bytesPerSecond = speed.measure(bytesSent, performance.now() / 1000);
  });
  for (const event of ['upload-start', 'upload-error', 'pause-all', 'resume-all', 'restored'] as const)
    uppy.on(event, () => speed.reset());
  const renderSoon = onceAFrame(render);
  uppy.on('state-update', renderSoon);
  for (const event of ['online', 'offline']) addEventListener(event, renderSoon);
}

function detailsOf({ bytesSent, bytesTotal, error }: Transfers, bytesPerSecond: number | undefined): string {
  const sent = `${formatSize(bytesSent)} of ${formatSize(bytesTotal)}`;
  if (error) return `${sent}. ${error}`;
  if (!bytesPerSecond) return sent;
  const left = formatTimeLeft((bytesTotal - bytesSent) / bytesPerSecond);
  return `${sent} · ${formatSize(bytesPerSecond)}/s · ${left}`;
}

const namesOf = ({ files: [first, ...others] }: Transfers) =>
  others.length === 0 ? (first?.name ?? '') : `${first?.name} and ${others.length} more`;
const percentOf = ({ bytesSent, bytesTotal }: Transfers) =>
  Math.floor((100 * bytesSent) / Math.max(1, bytesTotal));
const quarterOf = (transfers: Transfers) => Math.floor(percentOf(transfers) / 25) * 25;

/** A ghost is recognised by its name, size and date; anything else would begin a second upload. */
function chooseAgain(uppy: Uploads, input: HTMLInputElement): void {
  const ghosts = uppy.getFiles().filter(({ isGhost }) => isGhost);
  const chosen = [...(input.files ?? [])];
  input.value = '';
  const same = chosen.filter((file) =>
    ghosts.some(({ name, size }) => name === file.name && size === file.size),
  );
  if (same.length < chosen.length)
    announce('That is another file. Choose the one whose upload was interrupted.');
  if (same.length)
    uppy.addFiles(same.map((data) => ({ name: data.name, type: data.type, data, source: 'Local' })));
}

function onceAFrame(render: () => void): () => void {
  let due = false;
  return () => {
    if (due) return;
    due = true;
    // Not requestAnimationFrame: it stands still in a hidden tab, whose title shows the progress.
    setTimeout(() => {
      due = false;
      render();
    }, 100);
  };
}
