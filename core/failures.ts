/**
 * Why a job can't go on. A failure is permanent: trying the same again can't help, so the state machine
 * never retries it. Its `name` is what Retry and Catch match, its `code` is what users and scripts see and
 * never changes, its message is written for the person who uploaded the file.
 * Any other error is transient: it is retried, and ends as `internal_error` if that does not help.
 */
export abstract class PermanentFailure extends Error {
  abstract readonly code: string;
}

/** The bytes are no recording that we know. */
export class NotMedia extends PermanentFailure {
  override readonly name = 'NotMedia';
  readonly code = 'not_media';
}

/** A recording, but in a container or codec that we don't take, or with no stream that can be used. */
export class UnsupportedMedia extends PermanentFailure {
  override readonly name = 'UnsupportedMedia';
  readonly code = 'unsupported_media';
}

/** More pixels, streams or hours than we take. */
export class MediaTooLarge extends PermanentFailure {
  override readonly name = 'MediaTooLarge';
  readonly code = 'media_too_large';
}

/** A recording that breaks off or is damaged where a clip was asked. */
export class DamagedMedia extends PermanentFailure {
  override readonly name = 'DamagedMedia';
  readonly code = 'damaged_media';
}

/** Shorter than the shortest clip that was asked. */
export class SourceTooShort extends PermanentFailure {
  override readonly name = 'SourceTooShort';
  readonly code = 'source_too_short';
}

/** A segment that was given lies outside the recording. */
export class SegmentOutOfRange extends PermanentFailure {
  override readonly name = 'SegmentOutOfRange';
  readonly code = 'segment_out_of_range';
}

/** The object is not the one that the job was started on (its ETag changed). */
export class SourceChanged extends PermanentFailure {
  override readonly name = 'SourceChanged';
  readonly code = 'source_changed';
}

/** The object is gone. */
export class SourceMissing extends PermanentFailure {
  override readonly name = 'SourceMissing';
  readonly code = 'source_missing';
}

/** Some clips could not be rendered; the others are kept. */
export class ClipsFailed extends PermanentFailure {
  override readonly name = 'ClipsFailed';
  readonly code = 'clips_failed';
}

/** Written by an older attempt, or after the job was cancelled: the writer stops and changes nothing. */
export class StaleAttempt extends PermanentFailure {
  override readonly name = 'StaleAttempt';
  readonly code = 'stale_attempt';
}

/** Every permanent failure by its name: the state machine's list of errors that are never retried. */
export const permanentFailures = {
  NotMedia,
  UnsupportedMedia,
  MediaTooLarge,
  DamagedMedia,
  SourceTooShort,
  SegmentOutOfRange,
  SourceChanged,
  SourceMissing,
  ClipsFailed,
  StaleAttempt,
} as const;
