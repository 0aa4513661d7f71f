import type { ClipLook, ClipOutput } from './clip/clip-look.ts';
import type { Colours } from './picture/clip-colours.ts';

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
  /** Shown mirrored, left for right; this comes before the rotation. */
  mirrored?: boolean;
  /** The constant rate that shows it best, at most 60; clips have it, or a multiple when it's below 10. */
  framesPerSecond: number;
  interlaced: boolean;
  /** Recorded as PQ or HLG (phones): clips are toned down to what every screen shows. */
  highDynamicRange: boolean;
  /** Absent in facts of before these were read. */
  colours?: Colours;
}

export interface AudioFacts {
  streamIndex: number;
  codec: string;
  channels: number;
  sampleRateHz: number;
}

/**
 * A file that is read by byte ranges and never as a whole: an object in S3, a file in a test.
 * `read` answers exactly the bytes [start, end) or throws; it is called many times, some at once. With `room`, memory
 * of at least that size, it puts them there.
 */
export interface ByteSource {
  sizeBytes: number;
  read(start: number, end: number, signal: AbortSignal, room?: Uint8Array): Promise<Uint8Array>;
}

/**
 * What the audio sounds like over time, the ground on which segments are chosen. Each series has one value each
 * `stepSeconds`; all are equally long, though not always as long as the recording.
 */
export interface Sound {
  durationSeconds: number;
  stepSeconds: number;
  /** Loudness as ITU-R BS.1770 weighs it, LUFS; silence is −70 or less. */
  lufs: ArrayLike<number>;
  /** Pitch of the voice, Hz; 0 where nothing is voiced. */
  pitchHz: ArrayLike<number>;
  /** Centre of gravity of the spectrum, Hz: what tells voices of the same pitch apart. */
  brightnessHz: ArrayLike<number>;
  /** How much like noise, from 0 (a tone, a vowel) to about 0.5 (applause, rain). */
  flatness: ArrayLike<number>;
  /** Pauses, in order, not overlapping. */
  silences: { startSeconds: number; endSeconds: number }[];
}

/** A clip in one of the shapes that were asked. */
export interface RenderedFile {
  output: ClipOutput;
  /** Path of the MP4 in the folder that was given. */
  path: string;
  /** Path of its poster, a JPEG; the posters of a clip all show the same moment. */
  posterPath: string;
  sizeBytes: number;
  widthPixels: number;
  heightPixels: number;
}

export interface RenderedClip {
  /** One for each output, in their order. */
  files: RenderedFile[];
  /** Those of the first file. */
  clipPath: string;
  posterPath: string;
  sizeBytes: number;
  widthPixels: number;
  heightPixels: number;
  durationSeconds: number;
  /** What could not be done as asked, in words for the user: characters that the font doesn't have. */
  notes: string[];
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

  /**
   * Where another scene has begun, in seconds, in order: seen on keyframes only, so each up to a keyframe's distance
   * late, never early. A hint for sources without sound: empty where it would take too long or can't be seen.
   */
  findScenes(
    source: ByteSource,
    facts: SourceFacts,
    options: { signal: AbortSignal; onProgress?: OnProgress },
  ): Promise<{ sceneSeconds: number[]; bytesRead: number }>;

  /** Loudness, voices and pauses of audio made by `extractAudio`, in one pass. */
  listen(audio: ByteSource, options: { signal: AbortSignal; onProgress?: OnProgress }): Promise<Sound>;

  /**
   * One clip with its posters, in each shape that `look` asks for (default: plainLook); checked after rendering
   * (all frames there, length within a frame, size, streams there).
   */
  renderClip(
    source: ByteSource,
    facts: SourceFacts,
    range: { startSeconds: number; endSeconds: number },
    options: { folder: string; signal: AbortSignal; look?: ClipLook; onProgress?: OnProgress },
  ): Promise<RenderedClip>;
}
