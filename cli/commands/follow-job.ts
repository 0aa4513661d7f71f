import type { ClipAnswer, JobAnswer, StatusAnswer } from '../api/wire-types.ts';
import { downloadClips, type MadeClip } from '../download/download-clips.ts';
import { Interrupted } from '../interrupted.ts';
import type { Room } from '../room.ts';
import { type Progress, progressRows, withStatus } from '../show/progress-rows.ts';
import { watchJob } from '../watch-job.ts';

export interface FollowedJob {
  /** The recording's name. */
  file: string;
  status: StatusAnswer;
  notes: JobAnswer['notes'];
  clips: ClipAnswer[];
  /** Those that were downloaded. */
  made: MadeClip[];
}

/** Shows a job until it has ended, and saves its clips where a folder is given; what a failed job finished, too. */
export async function followJob(
  { api, signal, display }: Room,
  { jobId, file }: { jobId: string; file: string },
  downloadFolder: string | undefined,
  begun: Progress = {},
): Promise<FollowedJob> {
  let progress: Progress = { ...begun, downloadedShare: downloadFolder === undefined ? undefined : 0 };
  const show = (next: Progress) => {
    progress = next;
    display.show(progressRows(progress));
  };
  try {
    const onStatus = (status: StatusAnswer) => show(withStatus(progress, status));
    const status = await watchJob(api, jobId, { signal, onStatus });
    const { notes } = await api.job(jobId);
    const clips = await api.clips(jobId);
    if (downloadFolder === undefined) return { file, status, notes, clips, made: [] };

    const onDone = (downloadedShare: number) => show({ ...progress, downloadedShare });
    const made = await downloadClips(clips, { file, outFolder: downloadFolder }, { signal, onDone });
    return { file, status, notes, clips, made };
  } catch (error) {
    if (!signal.aborted) throw error;
    throw new Interrupted(`The job goes on without this: clipwright status ${jobId} --monitor`);
  }
}
