import type { JobStatus } from './wire-types.ts';

export const statusWords: Record<JobStatus, string> = {
  awaiting_upload: 'Waiting for its upload',
  pending: 'In the queue',
  preprocessing: 'Reading the recording',
  transcribing: 'Writing down what is said',
  analyzing: 'Looking for the best moments',
  clipping: 'Cutting the clips',
  completed: 'Done',
  failed: 'Failed',
  cancelled: 'Cancelled',
  expired: 'Expired',
};

/** The stages that people see pass by, in order. */
export const stageWords = {
  preprocessing: 'Read',
  transcribing: 'Write down',
  analyzing: 'Choose',
  clipping: 'Cut',
  completed: 'Done',
} as const satisfies Partial<Record<JobStatus, string>>;

interface ErrorWords {
  title: string;
  /** What the person can do about it. */
  remedy: string;
}

const sendAnother = 'Export it again as MP4 or MP3 from the program that made it, and upload that.';
const errorWords: Record<string, ErrorWords> = {
  not_media: { title: 'This file is not a video or an audio recording', remedy: sendAnother },
  unsupported_media: { title: 'This kind of recording can’t be read here', remedy: sendAnother },
  media_too_large: {
    title: 'This recording is too large to work on',
    remedy: 'Split it, or export it with a smaller picture, and upload that.',
  },
  damaged_media: { title: 'The recording is damaged', remedy: sendAnother },
  source_too_short: {
    title: 'The recording is shorter than a clip',
    remedy: 'Ask for shorter clips and upload it again.',
  },
  segment_out_of_range: {
    title: 'A part lies outside the recording',
    remedy: 'Check the times of the parts and upload it again.',
  },
  source_changed: {
    title: 'The uploaded file was replaced while it was worked on',
    remedy: 'Upload it again.',
  },
  source_missing: { title: 'The uploaded file is gone', remedy: 'Upload it again.' },
  clips_failed: { title: 'Some clips could not be cut', remedy: 'Try again: only what is missing is cut.' },
  timed_out: {
    title: 'It took longer than is allowed',
    remedy: 'Try again, or upload a shorter part of it.',
  },
  internal_error: { title: 'Something went wrong on our side', remedy: 'Try again.' },
};

/** What to tell of a failed job; `retryable`: trying again is offered beside it. */
export function wordsOfError(code: string | null, retryable: boolean): ErrorWords {
  const words = errorWords[code ?? ''] ?? (errorWords.internal_error as ErrorWords);
  // Words that send to a button which isn't there would mislead.
  return retryable || !words.remedy.startsWith('Try again')
    ? words
    : { ...words, remedy: 'Upload it again.' };
}
