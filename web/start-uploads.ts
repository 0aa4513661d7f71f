import { announce } from './announce.ts';
import { showChosenFiles } from './chosen-files.ts';
import { byId } from './dom.ts';
import { keepTrying } from './keep-trying.ts';
import { restartStalled } from './restart-stalled.ts';
import { restoreUploads } from './restore-uploads.ts';
import { addressOf } from './router.ts';
import { settingsForm } from './settings-form.ts';
import { showTransfers } from './transfer-bar.ts';
import { createUploads, jobIdOf } from './uploads.ts';

/** Puts the parts of uploading together: dashboard, form, bar, restore, and what follows an upload; for this owner. */
export function startUploads(owner?: string): void {
  const form = settingsForm(() => void uppy.upload().catch(() => {}));
  const uppy = createUploads(byId('drop'), form.take, owner);
  showTransfers(byId('transfers'), uppy, keepTrying(uppy));

  restartStalled(uppy, () => navigator.onLine);
  showChosenFiles(uppy);

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
  restoreUploads(uppy);
}
