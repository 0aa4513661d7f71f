import type * as z from 'zod';
import type { ClipFile } from '../../core/jobs/clip-files.ts';
import type { Clip } from '../../core/jobs/job.ts';
import type { UrlSigner } from '../../core/ports/uploads.ts';
import { savedFilename } from '../../core/uploads/filename.ts';
import type { clipsAnswer } from './clip-contract.ts';
import { toOutputAnswer } from './contract.ts';

type ClipAnswer = z.output<typeof clipsAnswer>['clips'][number];

/** A finished clip with URLs that live for an hour at most. */
export async function toClipAnswer(signer: UrlSigner, clip: Clip): Promise<ClipAnswer> {
  return {
    clip_id: clip.clipNumber,
    segment_title: clip.title,
    video_url: await signer.signDownload(clip.key),
    download_url: await signer.signDownload(clip.key, { filename: filenameOf(clip, clip.files?.[0]) }),
    poster_url: await signer.signDownload(clip.posterKey),
    start_time: clip.startSeconds,
    end_time: clip.endSeconds,
    duration: clip.durationSeconds ?? clip.endSeconds - clip.startSeconds,
    size: clip.sizeBytes ?? 0,
    files: await Promise.all((clip.files ?? []).map((file) => toFileAnswer(signer, clip, file))),
    completed_at: clip.completedAt ?? null,
  };
}

async function toFileAnswer(
  signer: UrlSigner,
  clip: Clip,
  file: ClipFile,
): Promise<ClipAnswer['files'][number]> {
  const { kind, format, key, shape, fit, sizeBytes, widthPixels = null, heightPixels = null } = file;
  return {
    kind,
    format,
    ...(shape && fit ? toOutputAnswer({ shape, fit }) : { shape: null, fit: null }),
    url: await signer.signDownload(key),
    download_url: await signer.signDownload(key, { filename: filenameOf(clip, file) }),
    size: sizeBytes,
    width: widthPixels,
    height: heightPixels,
  };
}

/** `Title.mp4`; of several shapes each is named: `Title-vertical-blur.mp4`. Captions go with every one of them. */
function filenameOf({ title, files = [] }: Clip, file: ClipFile | undefined): string {
  const { kind, format, shape, fit } = file ?? { kind: 'video', format: 'mp4' };
  const isOnly = files.filter((one) => one.kind === kind).length <= 1;
  if (isOnly || !shape || !fit) return savedFilename(title, `.${format}`);
  const variant = Object.values(toOutputAnswer({ shape, fit })).filter(Boolean);
  return savedFilename(title, `-${variant.join('-')}.${format}`);
}
