import { api } from './api.ts';
import { byId, el, setText } from './dom.ts';
import { formatMoment } from './format.ts';
import { poll } from './poll.ts';
import { addressOf } from './router.ts';
import type { JobSummary } from './wire-types.ts';
import { statusWords } from './words.ts';

const ended = ['completed', 'failed', 'cancelled', 'expired'];

/** The caller's jobs, newest first, kept up to date while shown; older pages on demand. */
export function showJobList(signal: AbortSignal): void {
  const list = byId('jobs-list');
  const note = byId('jobs-note');
  const more = byId<HTMLButtonElement>('jobs-more');
  const rows = new Map<string, HTMLLIElement>();
  let cursor: string | null | undefined;
  list.replaceChildren();

  async function refresh(): Promise<'news' | 'same' | 'done'> {
    const page = await api.jobs();
    if (signal.aborted) return 'done';
    const fresh = page.jobs.filter(({ job_id }) => !rows.has(job_id));
    // Newest first: what is new goes on top, the last of it first.
    for (const job of fresh.toReversed()) list.prepend(rowOf(job));
    const changed = page.jobs.map(update);
    cursor ??= page.next_cursor;
    more.hidden = !cursor;
    setText(note, rows.size ? '' : 'Nothing here yet. What you upload appears here, with its clips.');
    const running = page.jobs.some(({ status }) => !ended.includes(status));
    return fresh.length || (running && changed.includes(true)) ? 'news' : 'same';
  }

  function rowOf(job: JobSummary): HTMLLIElement {
    const row = el(
      'li',
      {},
      el(
        'a',
        { className: 'job-row', href: addressOf(job.job_id) },
        el('span', { className: 'job-name' }, job.filename),
        el('span', { className: 'job-date' }, job.created_at && formatMoment(job.created_at)),
        el('span', { className: 'badge' }),
      ),
    );
    rows.set(job.job_id, row);
    return row;
  }

  function update({ job_id, status }: JobSummary): boolean {
    const badge = rows.get(job_id)?.querySelector<HTMLElement>('.badge');
    if (!badge || badge.dataset.status === status) return false;
    badge.dataset.status = status;
    setText(badge, statusWords[status]);
    return true;
  }

  more.onclick = async () => {
    more.disabled = true;
    try {
      const page = await api.jobs(cursor ?? undefined);
      const older = page.jobs.filter(({ job_id }) => !rows.has(job_id)).map(rowOf);
      list.append(...older);
      page.jobs.forEach(update);
      cursor = page.next_cursor;
      more.hidden = !cursor;
      older[0]?.querySelector('a')?.focus();
    } catch (error) {
      setText(note, (error as Error).message);
    } finally {
      more.disabled = false;
    }
  };
  poll(refresh, {
    signal,
    onRefused: (error) => setText(note, (error as Error).message),
    onTrouble: (words) => setText(note, words),
  });
}
