import { api } from './measure/api.ts';
import { audio } from './measure/audio.ts';
import { firstClipOf } from './measure/first-clip.ts';
import { functions } from './measure/functions.ts';
import { jobOf } from './measure/job.ts';
import { memory } from './measure/memory.ts';
import { oneClip } from './measure/one-clip.ts';
import { clipsOfAJob, jobsAtOnce } from './measure/scale.ts';
import { typicalJob } from './measure/typical-job.ts';
import { upload } from './measure/upload.ts';

/** All that is measured, in the order of the report. */
export const measurements = [
  jobOf(30),
  // By default clips have 15 to 60 s: short ones show what a job costs beside them, these what it is like.
  jobOf(30, { name: 'job-30-30s', clipSeconds: 30 }),
  jobOf(120),
  firstClipOf(30),
  firstClipOf(120),
  oneClip,
  audio,
  upload,
  api,
  functions,
  memory,
  typicalJob,
  clipsOfAJob,
  jobsAtOnce,
];

export const figurePlans = measurements.flatMap(({ figures }) => figures);
