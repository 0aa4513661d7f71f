import { announce } from './announce.ts';
import { byId, setText } from './dom.ts';
import { keepTrying } from './keep-trying.ts';
import { restoreUploads } from './restore-uploads.ts';
import { addressOf } from './router.ts';
import { settingsForm } from './settings-form.ts';
import { showTransfers } from './transfer-bar.ts';
import { createUploads, jobIdOf, type Uploads } from './uploads.ts';

/** Puts the parts of uploading together: dashboard, form, bar, restore, and what follows an upload. */
export async function startUploads(): Promise<void> {
  const form = settingsForm(() => void uppy.upload().catch(() => {}));
  const uppy = createUploads(byId('drop'), form.read);
  showTransfers(byId('transfers'), uppy, keepTrying(uppy));

  const startButton = byId<HTMLButtonElement>('start');
  uppy.on('state-update', () => {
    const waiting = chosen(uppy).length;
    startButton.disabled = waiting === 0;
    setText(startButton, waiting === 0 ? 'Choose a file first' : waiting === 1 ? 'Make clips' : `Make clips of ${waiting}`);
  });
  uppy.on('restriction-failed', (_file, error) => announce(error.message));

  uppy.on('upload-success', (file, response) => {
    if (!file) return;
    const jobId = jobIdOf((response.body as { key?: string } | undefined)?.key);
    announce(`${file.name} is uploaded.`);
    uppy.removeFile(file.id);
    const alone = uppy.getFiles().length === 0;
    const atHome = !byId('home').hidden;
    if (alone && atHome && jobId) location.hash = addressOf(jobId);
  });

  addEventListener('beforeunload', (event) => {
    const underWay = uppy.getFiles().some(({ progress, isGhost }) => progress.uploadStarted && !isGhost);
    if (underWay) event.preventDefault();
  });
  await restoreUploads(uppy);
}

const chosen = (uppy: Uploads) => uppy.getFiles().filter(({ progress }) => !progress.uploadStarted);
