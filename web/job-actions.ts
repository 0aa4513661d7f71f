import { api } from './api.ts';
import { confirm } from './confirm.ts';
import { el } from './dom.ts';
import type { StatusAnswer } from './wire-types.ts';

const stoppable = ['awaiting_upload', 'pending', 'preprocessing', 'transcribing', 'analyzing', 'clipping'];

/** What can be done with a job: try again, cancel, delete; each where it makes sense. */
export function jobActions(
  jobId: string,
  { onChange, onProblem }: { onChange: () => void; onProblem: (error: unknown) => void },
) {
  const button = (words: string, className: string, act: () => Promise<unknown>) => {
    const element = el('button', { type: 'button', className, hidden: true }, words);
    element.onclick = async () => {
      element.disabled = true;
      await act().catch(onProblem);
      element.disabled = false;
    };
    return element;
  };
  const retry = button('Try again', 'primary', () => api.retry(jobId).then(onChange));
  const cancel = button('Cancel', 'quiet', async () => {
    const sure = await confirm('Cancel this job?', 'The clips that are ready are kept.', 'Cancel the job');
    if (sure) await api.cancel(jobId).then(onChange);
  });
  const remove = button('Delete', 'quiet', async () => {
    const sure = await confirm(
      'Delete this recording?',
      'All of its clips are deleted too. This can’t be undone.',
      'Delete everything',
    );
    if (!sure) return;
    await api.remove(jobId);
    location.hash = '#/';
  });

  return {
    element: el('div', { className: 'actions' }, retry, cancel, remove),
    show({ status, can_retry }: StatusAnswer) {
      retry.hidden = !can_retry;
      cancel.hidden = !stoppable.includes(status);
      remove.hidden = !cancel.hidden;
    },
  };
}
