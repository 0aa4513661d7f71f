import type { UploadProgress } from '../upload/upload-meter.ts';
import { duration, readable } from './format.ts';

/** Slower than this, an estimate would only frighten. */
const standstillBytesPerSecond = 1000;

/** `1.20 GB of 4.50 GB · 38.2 MB/s · 1:26 left · 2 retries`: what is known of it. */
export function uploadText({ totalBytes, sentBytes, bytesPerSecond, retries }: UploadProgress): string {
  const tried = retries === 0 ? [] : [retries === 1 ? '1 retry' : `${retries} retries`];
  if (sentBytes >= totalBytes) return [readable(totalBytes), ...tried].join(' · ');

  return [
    `${readable(sentBytes)} of ${readable(totalBytes)}`,
    ...speedText(totalBytes - sentBytes, bytesPerSecond),
    ...tried,
  ].join(' · ');
}

function speedText(leftBytes: number, bytesPerSecond: number | undefined): string[] {
  if (bytesPerSecond === undefined) return [];
  if (bytesPerSecond < standstillBytesPerSecond) return ['waiting for the network'];
  return [`${readable(bytesPerSecond)}/s`, `${duration(leftBytes / bytesPerSecond)} left`];
}
