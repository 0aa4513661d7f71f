import { basename, relative } from 'node:path';
import { clipCount, clipText } from '../../cli/show/clips-text.ts';
import { position, readable } from '../../cli/show/format.ts';
import { shownFiles } from '../../cli/show/made-files.ts';
import { noteLines } from '../../cli/show/note-lines.ts';
import type { DemoArguments } from './arguments.ts';
import type { Outcome } from './run-demo.ts';
import { stageSeconds } from './stage-seconds.ts';

/** The outcome for people. */
export function outcomeText(outcome: Outcome, demo: DemoArguments): string {
  const { job, made } = outcome;
  const paragraphs = [
    outcome.status.status === 'completed' ? '' : failureText(outcome, demo),
    made.length > 0 ? `${headline(outcome, demo)}\n\n${clipTexts(outcome)}` : '',
    noteLines(job.notes).join('\n'),
    [tookText(outcome), readText(outcome), leftText(outcome)].join('\n'),
  ];
  return `\n${paragraphs.filter((paragraph) => paragraph !== '').join('\n\n')}\n`;
}

function headline({ made, job }: Outcome, { file }: DemoArguments): string {
  const length = job.source.duration === null ? '' : `, ${position(job.source.duration)}`;
  return `${clipCount(made.length)} from ${basename(file)} (${readable(job.source.size)}${length}), each with a poster (.jpg):`;
}

function clipTexts({ made, status }: Outcome): string {
  const reasons = new Map(status.segments.map(({ id, reason }) => [id, reason]));
  return made
    .map((one) => {
      const paths = shownFiles(one).map(({ path }) => relative('', path));
      return clipText(paths, one.clip, reasons.get(one.clip.clip_id));
    })
    .join('\n');
}

function failureText({ status }: Outcome, { minDurationSeconds, maxDurationSeconds }: DemoArguments): string {
  const failure = `The job ended as ${status.status}: ${status.error_code ?? 'no reason given'}\n${status.error_message ?? ''}`;
  if (status.error_code !== 'source_too_short') return failure.trimEnd();
  return `${failure}\nIn this command: --min-duration (it was ${minDurationSeconds}) and --max-duration (${maxDurationSeconds}).`;
}

/** The service's words for its stages say little to who reads them for the first time. */
const plainWords: Record<string, string> = {
  pending: 'wait',
  preprocessing: 'read',
  analyzing: 'choose',
  clipping: 'render',
};

function tookText(outcome: Outcome): string {
  const steps = Object.entries(stageSeconds(outcome)).map(
    ([name, seconds]) => `${plainWords[name] ?? name} ${seconds.toFixed(2)} s`,
  );
  return `Took  ${steps.join(' · ')}`;
}

function readText({ job }: Outcome): string {
  const { probe, audio, clips } = job.bytes_read;
  const share = ((100 * (probe + clips)) / job.source.size).toFixed(1);
  const cut = `${readable(probe + clips)} of the recording’s ${readable(job.source.size)} (${share} %) to cut the clips`;
  return `Read  ${cut}${audio > 0 ? `, and ${readable(audio)} to listen to its sound` : ''}`;
}

function leftText({ job }: Outcome): string {
  if (job.cleanup !== 'done') {
    return job.status === 'completed'
      ? 'Left  the source is not deleted yet; the service goes on trying'
      : 'Left  the source is kept, for 7 days at most';
  }
  const audio = job.audio ? ' and audio' : '';
  return `Gone  source${audio}, ${readable(job.bytes_freed)} freed`;
}
