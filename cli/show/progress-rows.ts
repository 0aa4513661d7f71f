import type { StatusAnswer } from '../api/wire-types.ts';
import type { UploadProgress } from '../upload/upload-meter.ts';
import { hasFailed } from '../watch-job.ts';
import { plain } from './text-width.ts';
import { uploadText } from './upload-text.ts';

export interface Row {
  label: string;
  /** 0–100 */
  percent: number;
  state: 'waiting' | 'running' | 'done' | 'failed';
  detail: string;
  /** Set for one clip of the stage above it. */
  isClip?: boolean;
}

/** How far all has got: the steps done here, and what the service last said of the job. What is left out has no row. */
export interface Progress {
  upload?: UploadProgress;
  /** The last one before the job ended, if it failed. */
  status?: StatusAnswer;
  failed?: boolean;
  /** Of the clips that are there, 0–1. */
  downloadedShare?: number;
  cleanedUp?: boolean;
}

const serviceStages = [
  { status: 'preprocessing', label: 'Read the recording' },
  { status: 'transcribing', label: 'Write down what is said', isOptional: true },
  { status: 'analyzing', label: 'Choose segments' },
  { status: 'clipping', label: 'Render clips' },
] as const;

const order = ['pending', 'preprocessing', 'transcribing', 'analyzing', 'clipping', 'completed'];

/** A row for each stage, and one for each clip below the stage that renders them. */
export function progressRows(progress: Progress): Row[] {
  const { upload, downloadedShare, cleanedUp } = progress;
  const completed = progress.status?.status === 'completed';
  return [
    ...(upload ? [uploadRow(upload)] : []),
    ...jobRows(progress),
    ...(downloadedShare === undefined ? [] : [shareRow('Download clips', downloadedShare, completed)]),
    ...(cleanedUp === undefined ? [] : [shareRow('Delete source and audio', cleanedUp ? 1 : 0, completed)]),
  ];
}

export function uploadRow(upload: UploadProgress): Row {
  return { ...shareRow('Upload', upload.sentBytes / upload.totalBytes, true), detail: uploadText(upload) };
}

/** The progress with a newer status. A job that failed stays shown where it failed, with what became of its clips. */
export function withStatus(progress: Progress, status: StatusAnswer): Progress {
  if (!hasFailed(status.status)) return { ...progress, status, failed: false };
  const last = progress.status && { ...progress.status, segments: status.segments };
  return { ...progress, failed: true, status: last };
}

function jobRows({ status, failed }: Progress): Row[] {
  const at = status ? order.indexOf(status.status) : -1;
  return serviceStages.flatMap((stage): Row[] => {
    const stageAt = order.indexOf(stage.status);
    if ('isOptional' in stage && at !== stageAt) return []; // most jobs never pass it
    const state = at > stageAt ? 'done' : at < stageAt ? 'waiting' : failed ? 'failed' : 'running';
    const percent = state === 'done' ? 100 : percentOf(stageShare(stage.status, status));
    const row: Row = { label: stage.label, percent, state, detail: '' };
    return stage.status === 'clipping' && status
      ? [{ ...row, detail: clipCount(status) }, ...clipRows(status)]
      : [row];
  });
}

function stageShare(stage: string, status: StatusAnswer | undefined): number {
  if (status?.status !== stage) return 0;
  if (stage !== 'clipping') return status.progress.stage_percent / 100;
  const percents = status.segments.map(({ clip_percent }) => clip_percent);
  return percents.reduce((sum, percent) => sum + percent, 0) / 100 / Math.max(1, percents.length);
}

function clipCount({ segments }: StatusAnswer): string {
  const done = segments.filter(({ clip_status }) => clip_status === 'completed').length;
  return segments.length === 0 ? '' : `${done} of ${segments.length}`;
}

const clipStates = { pending: 'waiting', rendering: 'running', completed: 'done', failed: 'failed' } as const;

function clipRows({ segments }: StatusAnswer): Row[] {
  return segments.map(({ id, title, clip_status, clip_percent, error_message }) => ({
    label: `  ${plain(`${id}`)}`,
    percent: clip_status === 'completed' ? 100 : clip_percent,
    state: clipStates[clip_status],
    detail: plain([title, error_message].filter(Boolean).join(': ')),
    isClip: true,
  }));
}

function shareRow(label: string, share: number, isReached: boolean): Row {
  const state = share >= 1 ? 'done' : isReached ? 'running' : 'waiting';
  return { label, percent: percentOf(share), state, detail: '' };
}

function percentOf(share: number): number {
  return Math.floor(Math.min(1, share) * 100);
}
