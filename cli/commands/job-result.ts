import { relative, resolve } from 'node:path';
import type { Result } from '../room.ts';
import { clipCount, clipText } from '../show/clips-text.ts';
import { fileValue, shownFiles } from '../show/made-files.ts';
import { noteLines } from '../show/note-lines.ts';
import { statusPhrase } from '../show/status-phrase.ts';
import { plain } from '../show/text-width.ts';
import { hasFailed } from '../watch-job.ts';
import type { FollowedJob } from './follow-job.ts';

/** What became of a job that was followed to its end. No addresses: they are signed, and outcomes end up in logs. */
export function jobResult({ file, status, notes, clips, made }: FollowedJob): Result {
  const paths = new Map(made.map((one) => [one.clip.clip_id, one]));
  const reasons = new Map(status.segments.map(({ id, reason }) => [id, reason]));
  const texts = clips.map((clip) => {
    const found = paths.get(clip.clip_id);
    const headings = found
      ? shownFiles(found).map(({ path }) => relative('', path))
      : [plain(clip.segment_title)];
    return clipText(headings, clip, plain(reasons.get(clip.clip_id) ?? ''));
  });
  const { job_id } = status;
  return {
    text: [
      headline(file, status, clips.length),
      ...texts,
      ...noteLines(notes),
      ...hints(job_id, status, clips.length > made.length),
    ].join('\n'),
    terse: made.length > 0 ? made.flatMap(shownFiles).map(({ path }) => resolve(path)) : [job_id],
    value: {
      file,
      job_id,
      status: status.status,
      error_code: status.error_code,
      error_message: status.error_message,
      notes: notes ?? [],
      clips: clips.map((clip) => ({
        clip_id: clip.clip_id,
        title: clip.segment_title,
        start_time: clip.start_time,
        end_time: clip.end_time,
        duration: clip.duration,
        size: clip.size,
        file: resolvedPath(paths.get(clip.clip_id)?.clipPath),
        poster: resolvedPath(paths.get(clip.clip_id)?.posterPath),
        files: (paths.get(clip.clip_id)?.files ?? []).map(fileValue),
      })),
    },
  };
}

function headline(
  file: string,
  { status, error_code, error_message }: FollowedJob['status'],
  clips: number,
): string {
  const name = plain(file);
  if (!hasFailed(status)) return `${clipCount(clips)} from ${name}:`;
  const why = error_code ? `: ${error_code}\n${error_message ?? ''}` : '.';
  return `The job on ${name} ${statusPhrase(status)}${why}${clips > 0 ? `\n${clipCount(clips)} had been made:` : ''}`;
}

function hints(jobId: string, { can_retry }: FollowedJob['status'], isLeft: boolean): string[] {
  return [
    ...(can_retry ? [`Try again: clipwright retry ${jobId} --monitor`] : []),
    ...(isLeft ? [`Save them: clipwright clips ${jobId} --download clips`] : []),
  ];
}

function resolvedPath(path: string | undefined): string | null {
  return path === undefined ? null : resolve(path);
}
