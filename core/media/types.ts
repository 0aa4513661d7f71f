/** What a probe found out about a source. Numbers come from the container; what decides is what ffprobe read. */
export interface SourceFacts {
  kind: 'video' | 'audio';
  /** ffmpeg's demuxer, forced with `-f` from the magic bytes on: `mov`, `matroska`, `mp3`, … */
  demuxer: string;
  /** Of the video where there is one, else of the audio: how far clips can reach. */
  durationSeconds: number;
  /** What the container calls the moment that players show as 0; every other time here counts from it. */
  clockStartSeconds: number;
  /** Absent for audio-only sources. */
  video?: VideoFacts;
  /** Absent for videos without sound. */
  audio?: AudioFacts;
}

export interface VideoFacts {
  /** Index of the stream in the container, for an explicit `-map`. */
  streamIndex: number;
  codec: string;
  /** As coded, before rotation. */
  widthPixels: number;
  heightPixels: number;
  /** Width of a pixel over its height: 1 for all but old or anamorphic video. */
  pixelAspect: number;
  /** Clockwise, as a player applies it: 0, 90, 180 or 270. */
  rotationDegrees: number;
  /** The constant rate that shows it best, at most 60; clips have it, or a multiple when it's below 10. */
  framesPerSecond: number;
  interlaced: boolean;
  /** Recorded as PQ or HLG (phones): clips are toned down to what every screen shows. */
  highDynamicRange: boolean;
}

export interface AudioFacts {
  streamIndex: number;
  codec: string;
  channels: number;
  sampleRateHz: number;
}

/**
 * A file that is read by byte ranges and never as a whole: an object in S3, a file in a test.
 * `read` answers exactly the bytes [start, end) or throws; it is called many times, some at once.
 */
export interface ByteSource {
  sizeBytes: number;
  read(start: number, end: number, signal: AbortSignal): Promise<Uint8Array>;
}

/** What the audio sounds like over time; the ground on which segments are chosen. */
export interface Loudness {
  durationSeconds: number;
  /** Momentary loudness (EBU R128, LUFS), one value each `stepSeconds`; silence is −70 or less. */
  momentaryLufs: number[];
  stepSeconds: number;
  /** Pauses, in order, not overlapping. */
  silences: { startSeconds: number; endSeconds: number }[];
}

export interface RenderedClip {
  /** Path of the MP4 in the folder that was given. */
  clipPath: string;
  /** Path of the poster, a JPEG. */
  posterPath: string;
  sizeBytes: number;
  durationSeconds: number;
  widthPixels: number;
  heightPixels: number;
  /** Bytes of the source that were fetched for it. */
  bytesRead: number;
}

/** Called with 0–1, at most about once a second. */
export type OnProgress = (fraction: number) => void;

/**
 * Everything that ffmpeg does for us. Errors are the permanent failures of core/failures.ts
 * (`NotMedia`, `UnsupportedMedia`, …) where trying again can't help, and plain errors where it can.
 * All files written go into `folder`, which the caller makes and removes.
 */
export interface Media {
  probe(
    source: ByteSource,
    options: { signal: AbortSignal },
  ): Promise<{ facts: SourceFacts; bytesRead: number }>;

  /** The sound of the source as 16 kHz mono FLAC, its clock that of the source (late audio stays late). */
  extractAudio(
    source: ByteSource,
    facts: SourceFacts,
    options: { folder: string; signal: AbortSignal; onProgress?: OnProgress },
  ): Promise<{ audioPath: string; sizeBytes: number; bytesRead: number }>;

  /** Loudness and pauses of audio made by `extractAudio`. */
  listen(audio: ByteSource, options: { signal: AbortSignal; onProgress?: OnProgress }): Promise<Loudness>;

  /** One clip and its poster; checked after rendering (decodes, length within a frame, streams there). */
  renderClip(
    source: ByteSource,
    facts: SourceFacts,
    range: { startSeconds: number; endSeconds: number },
    options: { folder: string; signal: AbortSignal; onProgress?: OnProgress },
  ): Promise<RenderedClip>;
}
