import { setMaxListeners } from 'node:events';
import { copyFile, open, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { inParallel } from '../../cli/upload/in-parallel.ts';
import { planParts } from '../../cli/upload/plan-parts.ts';
import { sendPart } from '../../cli/upload/send-part.ts';
import { uploadForm } from '../../cli/upload/upload-form.ts';
import { anApi } from '../../test/support/api.ts';
import { startCloudProcess } from '../../test/support/cloud-process.ts';
import type { Measurement, Room } from '../measurement.ts';
import { createReadings } from '../readings.ts';
import { secondsOf, sideBySide } from '../timed.ts';

/** A gigabyte. */
const minutes = 30;
const lanes = 4;
const against = 'copying the file on the same disk, flushed as the bucket flushes';

/** A large file into the local bucket, both ways, by the command line's own means. */
export const upload: Measurement = {
  name: 'upload',
  figures: [
    { name: 'upload.form', about: 'Upload of 1 GB, one presigned form', unit: 'MB/s', against },
    {
      name: 'upload.parts',
      about: `Upload of 1 GB in parts, ${lanes} at once`,
      unit: 'MB/s',
      against,
    },
  ],
  async measure({ runs, folder, signal, print, longSource }) {
    setMaxListeners(0, signal);
    const file = longSource(minutes);
    const speed = (seconds: number) => file.sizeBytes / 1e6 / seconds;
    const cloud = await startCloudProcess(join(folder, 'data'));
    const { readings, add } = createReadings();
    try {
      let [form, parts] = [0, 0];
      await sideBySide({ runs, signal, print }, [
        async () => {
          form = await secondsOf(() => sendForm(cloud.apiUrl, file, signal));
        },
        async () => {
          parts = await secondsOf(() => sendParts(cloud.apiUrl, file, signal));
        },
        async () => {
          const copied = await secondsOf(() => copyFlushed(file.path, join(folder, 'copy.mp4')));
          add('upload.form', speed(form), speed(copied));
          add('upload.parts', speed(parts), speed(copied));
        },
      ]);
    } finally {
      await cloud.kill('SIGTERM');
    }
    return readings;
  },
};

interface File {
  path: string;
  sizeBytes: number;
}

async function sendForm(apiUrl: string, file: File, signal: Room['signal']): Promise<void> {
  const asked = { filename: 'talk.mp4', file_size: file.sizeBytes };
  const { body } = await anApi(apiUrl).post('/api/upload/presigned-url', asked);
  await uploadForm(body, file, { signal, onSent() {} });
}

async function sendParts(apiUrl: string, { path, sizeBytes }: File, signal: AbortSignal): Promise<void> {
  const api = anApi(apiUrl);
  const asked = { filename: 'talk.mp4', file_size: sizeBytes };
  const { body: begun } = await api.post('/api/upload/multipart/initiate', asked);
  const { job_id, upload_id, s3_key, part_size } = begun;
  const claim = { job_id, upload_id, s3_key };
  const parts: { PartNumber: number; ETag: string }[] = [];
  await inParallel(planParts(sizeBytes, part_size), lanes, signal, async (part, either) => {
    const { body } = await api.post('/api/upload/multipart/urls', { ...claim, part_numbers: [part.number] });
    const sent = await sendPart(body.urls[0].url, path, part, { signal: either, onSent() {} });
    parts.push({ PartNumber: sent.part_number, ETag: sent.etag });
  });
  parts.sort((a, b) => a.PartNumber - b.PartNumber);
  const { status } = await api.post('/api/upload/multipart/complete', { ...claim, parts });
  if (status !== 200) throw new Error(`The upload in parts was answered with ${status}`);
}

async function copyFlushed(from: string, to: string): Promise<void> {
  await rm(to, { force: true });
  await copyFile(from, to);
  await using copy = await open(to);
  await copy.sync();
}
