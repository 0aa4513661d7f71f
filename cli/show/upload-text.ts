import type { UploadProgress } from '../upload/upload-meter.ts';
import { duration, readable } from './format.ts';

/** Slower than this, an estimate would only frighten. */
const standstillBytesPerSecond = 1000;

/** `1:27 left · 38.2 MB/s · 1.20 GB of 4.50 GB · 2 retries`: what is known of it, what tells most first. */
export function uploadText({ totalBytes, sentBytes, bytesPerSecond, retries }: UploadProgress): string {
  const tried = retries === 0 ? [] : [retries === 1 ? '1 retry' : `${retries} retries`];
  if (sentBytes >= totalBytes) return [readable(totalBytes), ...tried].join(' · ');

  return [
    ...speedText(totalBytes - sentBytes, bytesPerSecond),
    `${readable(sentBytes)} of ${readable(totalBytes)}`,
    ...tried,
  ].join(' · ');
}

function speedText(leftBytes: number, bytesPerSecond: number | undefined): string[] {
  if (bytesPerSecond === undefined) return [];
  if (bytesPerSecond < standstillBytesPerSecond) return ['waiting for the network'];
  return [`${duration(leftBytes / bytesPerSecond)} left`, `${readable(bytesPerSecond)}/s`];
}
