import { el, setText } from './dom.ts';
import type { JobStatus } from './wire-types.ts';
import { stageWords } from './words.ts';

type Stage = keyof typeof stageWords;

/** The stages of a job as a row of steps. Transcribing is passed by few jobs: shown only by them. */
export function stageList(): { element: HTMLElement; show(status: JobStatus, percent: number): void } {
  const steps = Object.fromEntries(
    Object.entries(stageWords).map(([stage, words]) => [
      stage,
      el('li', { hidden: stage === 'transcribing' }, el('span', {}, words)),
    ]),
  ) as Record<Stage, HTMLLIElement>;
  const order = Object.keys(stageWords) as Stage[];
  const bar = el('progress', { max: 100, 'aria-label': 'Progress of the job' });
  const percentWords = el('span', { className: 'percent' });
  const element = el(
    'div',
    { className: 'stages' },
    el('ol', {}, ...Object.values(steps)),
    el('div', { className: 'stages-bar' }, bar, percentWords),
  );

  return {
    element,
    show(status, percent) {
      const reached = order.indexOf(status as Stage);
      if (status === 'transcribing') steps.transcribing.hidden = false;
      order.forEach((stage, index) => {
        const step = steps[stage];
        step.dataset.state =
          index < reached || status === 'completed' ? 'past' : index === reached ? 'now' : 'to-come';
        if (index === reached && status !== 'completed') step.setAttribute('aria-current', 'step');
        else step.removeAttribute('aria-current');
      });
      bar.value = percent;
      setText(percentWords, `${percent} %`);
    },
  };
}
