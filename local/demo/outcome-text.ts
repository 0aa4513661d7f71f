import { basename, relative } from 'node:path';
import type { DemoArguments } from './arguments.ts';
import type { MadeClip } from './download-clips.ts';
import type { Outcome } from './run-demo.ts';
import { stageSeconds } from './stage-seconds.ts';
import type { StatusAnswer } from './wire-types.ts';

/** The outcome for people. */
export function outcomeText(outcome: Outcome, demo: DemoArguments): string {
  const { job, made } = outcome;
  const paragraphs = [
    outcome.status.status === 'completed' ? '' : failureText(outcome, demo),
    made.length > 0
      ? `${headline(outcome, demo)}\n\n${made.map((one) => clipText(one, outcome.status)).join('\n')}`
      : '',
    job.notes.map((note) => `Note: ${note}`).join('\n'),
    [tookText(outcome), readText(outcome), leftText(outcome)].join('\n'),
  ];
  return `\n${paragraphs.filter((paragraph) => paragraph !== '').join('\n\n')}\n`;
}

function headline({ made, job }: Outcome, { file }: DemoArguments): string {
  const length = job.source.duration === null ? '' : `, ${position(job.source.duration)}`;
  const clips = made.length === 1 ? '1 clip' : `${made.length} clips`;
  return `${clips} from ${basename(file)} (${readable(job.source.size)}${length}), each with a poster (.jpg):`;
}

function clipText({ clip, clipPath }: MadeClip, { segments }: StatusAnswer): string {
  const range = `${position(clip.start_time)} – ${position(clip.end_time)}`;
  const reason = segments.find(({ id }) => id === clip.clip_id)?.reason ?? '';
  return [
    `  ${relative('', clipPath)}`,
    `      ${range}, ${clip.duration.toFixed(2)} s, ${readable(clip.size)}`,
    `      ${reason}`,
  ].join('\n');
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
  return (
    `Read  ${readable(probe)} to probe and ${readable(clips)} to cut, ${share} % of ${readable(job.source.size)}; ` +
    `${readable(audio)} to take out the sound`
  );
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

/** `0:04.93`, `1:02:03.40`. */
function position(seconds: number): string {
  const hundredths = Math.round(seconds * 100);
  const hours = Math.floor(hundredths / 360_000);
  const minutes = Math.floor(hundredths / 6000) % 60;
  const rest = ((hundredths % 6000) / 100).toFixed(2).padStart(5, '0');
  return hours > 0 ? `${hours}:${String(minutes).padStart(2, '0')}:${rest}` : `${minutes}:${rest}`;
}

/** In the units that disks and providers use: 1 MB is a million bytes. */
function readable(bytes: number): string {
  return bytes >= 1e9 ? `${(bytes / 1e9).toFixed(2)} GB` : `${(bytes / 1e6).toFixed(1)} MB`;
}
