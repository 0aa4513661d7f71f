import { speedometer } from './speedometer.ts';

export interface UploadProgress {
  totalBytes: number;
  /** Of the file, those that were there before included. */
  sentBytes: number;
  /** Smoothed; undefined until there is something to tell. */
  bytesPerSecond?: number;
  /** Parts, or whole forms, that had to be sent again. */
  retries: number;
}

export interface UploadMeter {
  /** May be negative: what was sent of a part that failed does not count. */
  add(bytes: number): void;
  addRetry(): void;
  progress(): UploadProgress;
}

/** Counts what goes up. `alreadyBytes` were there before and tell nothing about the speed. */
export function uploadMeter(
  totalBytes: number,
  alreadyBytes: number,
  now = () => performance.now(),
): UploadMeter {
  const speed = speedometer(now());
  let sentBytes = alreadyBytes;
  let retries = 0;
  return {
    add(bytes) {
      sentBytes += bytes;
    },
    addRetry() {
      retries += 1;
    },
    progress() {
      return {
        totalBytes,
        sentBytes,
        retries,
        bytesPerSecond: speed.observe(sentBytes - alreadyBytes, now()),
      };
    },
  };
}

/** Counts what `send` sends, and takes it back if it fails. */
export async function counted<Answer>(
  meter: UploadMeter,
  send: (onSent: (bytes: number) => void) => Promise<Answer>,
): Promise<Answer> {
  let sentBytes = 0;
  const onSent = (bytes: number) => {
    sentBytes += bytes;
    meter.add(bytes);
  };
  try {
    return await send(onSent);
  } catch (error) {
    meter.add(-sentBytes);
    throw error;
  }
}
