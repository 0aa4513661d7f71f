import type { UploadMeter, UploadProgress } from '../upload/upload-meter.ts';

const redrawMs = 200;

/** Does an upload, showing how far it is a few times a second, also while nothing moves. */
export async function shownUpload<Answer>(
  upload: (onBegin: (meter: UploadMeter) => void) => Promise<Answer>,
  show: (progress: UploadProgress) => void,
): Promise<Answer> {
  let meter: UploadMeter | undefined;
  const look = () => meter && show(meter.progress());
  const clock = setInterval(look, redrawMs);
  try {
    return await upload((begun) => {
      meter = begun;
      look();
    });
  } finally {
    clearInterval(clock);
    look();
  }
}
