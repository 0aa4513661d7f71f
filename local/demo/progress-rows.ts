import type { StatusAnswer } from './wire-types.ts';

export interface Row {
  label: string;
  /** 0–100 */
  percent: number;
  state: 'waiting' | 'running' | 'done' | 'failed';
  detail: string;
}

/** How far the demo has got: its own steps, and what the service last said of the job. */
export interface Progress {
  uploadedShare: number;
  /** The last one before the job ended, if it failed. */
  status?: StatusAnswer;
  failed?: boolean;
  /** Of the clips that are there. */
  downloadedShare: number;
  cleanedUp: boolean;
}

const serviceStages = [
  { status: 'preprocessing', label: 'Read the recording' },
  { status: 'analyzing', label: 'Choose segments' },
  { status: 'clipping', label: 'Render clips' },
] as const;

const order = ['pending', 'preprocessing', 'transcribing', 'analyzing', 'clipping', 'completed'];

/** A row for each stage, and one for each clip below the stage that renders them. */
export function progressRows(progress: Progress): Row[] {
  const { status, failed } = progress;
  const at = status ? order.indexOf(status.status) : -1;
  const completed = status?.status === 'completed';

  const stages = serviceStages.flatMap((stage): Row[] => {
    const stageAt = order.indexOf(stage.status);
    const share = stageShare(stage.status, status);
    const state = at > stageAt ? 'done' : at < stageAt ? 'waiting' : failed ? 'failed' : 'running';
    const percent = state === 'done' ? 100 : percentOf(share);
    const row: Row = { label: stage.label, percent, state, detail: '' };
    return stage.status === 'clipping' ? [row, ...clipRows(status)] : [row];
  });
  return [
    shareRow('Upload', progress.uploadedShare, true),
    ...stages,
    shareRow('Download clips', progress.downloadedShare, completed),
    shareRow('Delete source and audio', progress.cleanedUp ? 1 : 0, completed),
  ];
}

function stageShare(stage: string, status: StatusAnswer | undefined): number {
  if (status?.status !== stage) return 0;
  if (stage !== 'clipping') return status.progress.stage_percent / 100;
  const percents = status.segments.map(({ clip_percent }) => clip_percent);
  return percents.reduce((sum, percent) => sum + percent, 0) / 100 / Math.max(1, percents.length);
}

function clipRows(status: StatusAnswer | undefined): Row[] {
  return (status?.segments ?? []).map((segment) => ({
    label: `  ${segment.id}`,
    percent: segment.clip_status === 'completed' ? 100 : segment.clip_percent,
    state: ({ pending: 'waiting', rendering: 'running', completed: 'done', failed: 'failed' } as const)[
      segment.clip_status
    ],
    detail: segment.title,
  }));
}

function shareRow(label: string, share: number, isReached: boolean): Row {
  const state = share >= 1 ? 'done' : isReached ? 'running' : 'waiting';
  return { label, percent: percentOf(share), state, detail: '' };
}

function percentOf(share: number): number {
  return Math.floor(Math.min(1, share) * 100);
}
