import { announce } from './announce.ts';
import { api } from './api.ts';
import { clipCards } from './clip-cards.ts';
import { byId, el, setText } from './dom.ts';
import { jobActions } from './job-actions.ts';
import { jobFacts } from './job-facts.ts';
import { poll } from './poll.ts';
import { stageList } from './stage-list.ts';
import { timeline } from './timeline.ts';
import { whatHappened } from './what-happened.ts';
import type { JobAnswer, StatusAnswer } from './wire-types.ts';
import { statusWords, wordsOfError } from './words.ts';

const ended = ['completed', 'failed', 'cancelled', 'expired'];

/** One job, as it happens. */
export function showJob(jobId: string, signal: AbortSignal): void {
  const title = el('h1', { tabIndex: -1 }, 'Loading …');
  const status = el('p', { className: 'job-status' });
  const facts = el('p', { className: 'hint' });
  const problem = el('div', { className: 'problem', hidden: true });
  const notes = el('ul', { className: 'notes', hidden: true });
  const strip = el('div', {});
  const stages = stageList();
  const cards = clipCards(jobId, signal);
  const happened = whatHappened(jobId);
  const actions = jobActions(jobId, { onChange: start, onProblem: tell });
  byId('job').replaceChildren(
    el('a', { href: '#/', className: 'back' }, 'All recordings'),
    el('div', { className: 'job-head' }, title, actions.element),
    facts,
    el('div', { className: 'job-now' }, status, stages.element),
    problem,
    notes,
    strip,
    cards.element,
    happened.element,
  );
  title.focus();

  let job: JobAnswer | undefined;
  let last = '';
  let round = new AbortController();

  async function refresh(): Promise<'news' | 'same' | 'done'> {
    const answer = await api.status(jobId);
    const told = JSON.stringify(answer, (name, value) => (name === 'clip_url' ? undefined : value));
    const isNew = told !== last;
    last = told;
    if (!job || isNew) job = await api.job(jobId);
    if (signal.aborted) return 'done';
    render(job, answer);
    await cards.show(answer.segments);
    if (isNew) await happened.refresh();
    const settled = answer.status === 'completed' ? job.cleanup === 'done' : ended.includes(answer.status);
    if (settled) return 'done';
    return isNew ? 'news' : 'same';
  }

  function render(job: JobAnswer, answer: StatusAnswer): void {
    const { progress, segments } = answer;
    setText(title, job.filename);
    setText(facts, jobFacts(job));
    happened.showCost(job);
    setText(status, statusWords[answer.status] + countOf(answer));
    status.dataset.status = answer.status;
    stages.element.hidden = ended.includes(answer.status);
    stages.show(answer.status, progress.percent);
    actions.show(answer);
    announce(`${job.filename}: ${statusWords[answer.status]}${countOf(answer)}`);

    problem.hidden = answer.status !== 'failed';
    if (answer.status === 'failed') {
      const words = wordsOfError(answer.error_code, answer.can_retry);
      problem.replaceChildren(
        el('strong', {}, words.title),
        el('p', {}, answer.error_message ?? ''),
        el('p', {}, words.remedy),
      );
    }
    notes.hidden = job.notes.length === 0;
    if (notes.childElementCount !== job.notes.length)
      notes.replaceChildren(...job.notes.map((note) => el('li', {}, note)));
    if (segments.length && job.source.duration && !strip.hasChildNodes())
      strip.append(timeline(segments, job.source.duration));
  }

  function tell(error: unknown): void {
    showTrouble((error as Error).message);
    if (!job) setText(title, 'This recording can’t be shown');
  }

  function showTrouble(words: string): void {
    problem.hidden = false;
    problem.replaceChildren(el('strong', {}, words));
  }

  function start(): void {
    round.abort();
    round = new AbortController();
    poll(refresh, {
      signal: AbortSignal.any([signal, round.signal]),
      onRefused: tell,
      onTrouble: showTrouble,
    });
  }
  start();
}

function countOf({ status, progress }: StatusAnswer): string {
  const { clips_completed, total_segments } = progress;
  if (status === 'clipping') return `: ${clips_completed} of ${total_segments}`;
  if (status === 'completed') return `: ${total_segments} ${total_segments === 1 ? 'clip' : 'clips'}`;
  return '';
}
