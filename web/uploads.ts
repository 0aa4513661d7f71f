import AwsS3 from '@uppy/aws-s3';
import Uppy from '@uppy/core';
import type { Body, UppyFile } from '@uppy/core/utils';
import Dashboard from '@uppy/dashboard';
import { acceptedExtensions } from '../core/uploads/accepted-types.ts';
import { partSizeBytes } from './part-size.ts';
import type { SettingsMeta } from './settings.ts';
import { coreWords, dashboardWords } from './upload-words.ts';

export interface UploadMeta extends Partial<SettingsMeta> {
  file_size?: number;
  part_size?: number;
  auto_start?: boolean;
  [key: string]: unknown;
}
export type Uploads = Uppy<UploadMeta, Body>;
export type UploadFile = UppyFile<UploadMeta, Body>;

const sentMeta = [
  ...['file_size', 'part_size', 'auto_start'],
  ...['num_segments', 'min_duration', 'max_duration', 'custom_instructions', 'segments'],
  ...['outputs', 'captions', 'captions_file', 'watermark', 'watermark_position', 'cut'],
];

/**
 * Uppy, its dashboard in `target`, and its S3 uploader against our API. Every file goes up in parts, small ones in a
 * single part: so each can be paused, tried again and given up without leaving a second job behind.
 * `settings` are asked for when an upload begins; undefined (they are wrong) keeps it from beginning.
 */
export function createUploads(
  target: HTMLElement,
  settings: () => SettingsMeta | undefined,
  owner?: string,
): Uploads {
  const uppy: Uploads = new Uppy<UploadMeta, Body>({
    // By it the browser keeps what was interrupted: nobody else who signs in here gets to see that.
    id: owner ? `clipwright-${owner}` : 'clipwright',
    locale: { strings: coreWords, pluralize: (count) => (count === 1 ? 0 : 1) },
    restrictions: {
      minFileSize: 1,
      allowedFileTypes: acceptedExtensions.map((extension) => `.${extension}`),
    },
    onBeforeUpload(files) {
      const wishes = settings();
      if (!wishes) return false;
      return Object.fromEntries(
        Object.entries(files).map(([id, file]) => [
          id,
          file.progress.uploadStarted ? file : { ...file, meta: { ...file.meta, ...wishes } },
        ]),
      );
    },
  });

  uppy.use(Dashboard, {
    target,
    inline: true,
    width: '100%',
    height: 220,
    theme: 'auto',
    locale: { strings: dashboardWords },
    proudlyDisplayPoweredByUppy: false,
    disableStatusBar: true,
    disableInformer: true,
    disableThumbnailGenerator: true,
    hideUploadButton: true,
    // Its tiles show nothing of a video, and are no list to a screen reader: chosen-files.ts shows a plain one.
    showSelectedFiles: false,
  });
  uppy.use(AwsS3, {
    companionEndpoint: '/api/uppy',
    shouldUseMultipart: true,
    getChunkSize: ({ size }) => partSizeBytes(size),
    allowedMetaFields: sentMeta,
  });

  uppy.on('file-added', (file) => {
    const size = file.size ?? 0;
    uppy.setFileMeta(file.id, { file_size: size, part_size: partSizeBytes(size), auto_start: true });
  });
  return uppy;
}

/** The job that an upload belongs to, from its key: `uploads/<owner>/<job>/source.mp4`. */
export function jobIdOf(key: string | undefined): string | undefined {
  return key?.split('/').at(-2);
}
