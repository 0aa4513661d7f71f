import { api } from './api.ts';
import { costWords } from './cost-words.ts';
import { el } from './dom.ts';
import { formatMoment } from './format.ts';
import type { JobAnswer } from './wire-types.ts';

/** The timeline of a job, and its cost, folded: asked for when it is opened, and again by `refresh` while it is open. */
export function whatHappened(jobId: string): {
  element: HTMLElement;
  refresh(): Promise<void>;
  showCost(job: JobAnswer): void;
} {
  const list = el('ol', {});
  const cost = el('p', { className: 'hint' });
  const element = el('details', { className: 'happened' }, el('summary', {}, 'What happened'), list, cost);
  element.addEventListener('toggle', () => void refresh());

  async function refresh(): Promise<void> {
    if (!element.open) return;
    const timeline = await api.timeline(jobId).catch(() => undefined);
    if (!timeline)
      return list.replaceChildren(el('li', {}, 'It can’t be told right now. Fold it and open it again.'));
    list.replaceChildren(
      ...timeline.map(({ at, text }) =>
        el('li', {}, el('time', { dateTime: at, title: formatMoment(at) }, clock(at)), el('span', {}, text)),
      ),
    );
  }
  return { element, refresh, showCost: (job) => cost.replaceChildren(costWords(job)) };
}

/** To the second, in the reader's time zone: what happened in a job happened within minutes. */
function clock(iso: string): string {
  return new Intl.DateTimeFormat(undefined, { timeStyle: 'medium' }).format(new Date(iso));
}
