import type { ClipOutput } from '../media/clip/clip-look.ts';

/** Where everything lies. Keys are made of hashes, ids and allowed extensions only; never of what a client sent. */
export function sourceKey(ownerHash: string, jobId: string, extension: string): string {
  return `uploads/${ownerHash}/${jobId}/source.${extension}`;
}

export function audioKey(ownerHash: string, jobId: string): string {
  return `work/${ownerHash}/${jobId}/audio.flac`;
}

/** What Transcribe writes, of each attempt for itself: one that is late spoils nothing. */
export function transcriptKey(ownerHash: string, jobId: string, attempt: number): string {
  return `work/${ownerHash}/${jobId}/transcript-${attempt}.json`;
}

/** Transcribe tries by this whether it may write there, and leaves it. */
export function transcriptProbeKey(ownerHash: string, jobId: string): string {
  return `work/${ownerHash}/${jobId}/.write_access_check_file.temp`;
}

/** Captions made of the transcript, beside those that came with the job. */
export function spokenCaptionsKey(ownerHash: string, jobId: string): string {
  return `work/${ownerHash}/${jobId}/captions.spoken.vtt`;
}

export function captionsKey(ownerHash: string, jobId: string, format: CaptionsFormat): string {
  return `work/${ownerHash}/${jobId}/captions.${format}`;
}

export function watermarkKey(ownerHash: string, jobId: string): string {
  return `work/${ownerHash}/${jobId}/watermark.png`;
}

/** SubRip or WebVTT. */
export const captionsFormats = ['srt', 'vtt'] as const;
export type CaptionsFormat = (typeof captionsFormats)[number];

export function clipKey(ownerHash: string, jobId: string, clipNumber: number): string {
  return `clips/${ownerHash}/${jobId}/${threeDigits(clipNumber)}.mp4`;
}

export function posterKey(ownerHash: string, jobId: string, clipNumber: number): string {
  return `clips/${ownerHash}/${jobId}/${threeDigits(clipNumber)}.jpg`;
}

/** All files that a clip may consist of: beside `001.mp4` there are `001-vertical-blur.mp4`, `001.vtt` and so on. */
export function clipFileKeys(clipKey: string, outputs: readonly ClipOutput[]) {
  const stem = clipKey.replace(/\.mp4$/, '');
  const ofOutput = ({ shape, fit }: ClipOutput, n: number) => {
    const variant = shape === 'source' ? shape : `${shape}-${fit}`;
    const name = n === 0 ? stem : `${stem}-${variant}`;
    return { video: `${name}.mp4`, poster: `${name}.jpg` };
  };
  return { outputs: outputs.map(ofOutput), captions: { vtt: `${stem}.vtt`, srt: `${stem}.srt` } };
}

/** What the arrival of an object means: the source of a job that waits for it, a file dropped in the inbox, or nothing. */
export function readArrivalKey(key: string): { jobId: string } | { inbox: string } | undefined {
  const uploaded = /^uploads\/[^/]+\/([^/]+)\/source\.[a-z0-9]+$/.exec(key);
  if (uploaded?.[1]) return { jobId: uploaded[1] };

  // The console makes "folders" as empty objects that end in a slash.
  if (isInboxKey(key) && !key.endsWith('/')) return { inbox: key.slice('inbox/'.length) };
  return undefined;
}

export function isInboxKey(key: string): boolean {
  return key.startsWith('inbox/');
}

function threeDigits(clipNumber: number): string {
  return String(clipNumber).padStart(3, '0');
}
