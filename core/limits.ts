/** Every limit of the product, in one place. Sizes in bytes, times in seconds. */
const MIB = 1024 ** 2;
const GIB = 1024 ** 3;

export const limits = {
  /** S3's own limit for one POST or PUT. */
  singleUploadBytes: 5 * GIB,
  /** S3 takes 10,000 parts of 5 MiB to 5 GiB; the last one may be smaller. */
  multipart: {
    sourceBytes: 100 * GIB,
    partBytes: { min: 5 * MIB, max: 5 * GIB, default: 16 * MIB },
    parts: 10_000,
    partsSignedAtOnce: 100,
  },
  filenameBytes: 255,
  segments: { min: 1, max: 50, default: 5 },
  clipSeconds: { min: 1, max: 300 },
  minDurationDefaultSeconds: 15,
  maxDurationDefaultSeconds: 60,
  customInstructionsCharacters: 2000,
  /**
   * Of one clip, over all its shapes: a function has 15 minutes for them, and with 3008 MB it renders a second of Full
   * HD in about one.
   */
  renderedSeconds: 600,
  /** One for each shape and each way to fit into it. */
  outputs: 6,
  /** Captions of a talk of ten hours. They come within a request, and a Lambda takes 6 MB in all. */
  captionsFileBytes: 1_000_000,
  /** A PNG. It comes within a request, and decodes to 16 MiB at most, 32 with 16 bits a sample. */
  watermark: { bytes: 256 * 1024, sidePixels: 2048 },
  titleCharacters: 200,
  /** How long a presigned form or URL lives, at most. */
  urlLifeSeconds: 3600,
  /** A job whose upload never came, or that was never started, expires after this. */
  uploadWindowSeconds: 24 * 3600,
  /** How often a job may be run. */
  attempts: 5,
  /** What goes up within a form of our own: with its base64 it fits into what a Lambda takes, 6 MB. */
  formFileBytes: 4 * MIB,
  /** After this no function that worked on a deleted job runs any more, and no form signed for it is taken. */
  tombstoneSeconds: 75 * 60,
  /** Of each owner, unless the deployer sets others. Waiting uploads count as jobs; a day is one of UTC. */
  quotas: { activeJobs: 100, dailyBytes: 500 * GIB },
  pageSize: { default: 20, max: 100 },
  /** Of a job's timeline: five attempts at fifty clips write more, and the last ones tell. */
  timelineEntries: 200,
  /** Amazon Transcribe takes four hours at most. What has not come of it after two is not waited for. */
  transcription: { audioSeconds: 4 * 3600, waitSeconds: 2 * 3600 },
  /** Of one call, and how often and when it is tried again: over some hours, as receivers are down for minutes or for one. */
  webhook: {
    urlCharacters: 2048,
    answerSeconds: 10,
    answerBytes: 64 * 1024,
    retries: 8,
    firstRetrySeconds: 10,
    backoffRate: 3,
    longestRetrySeconds: 2 * 3600,
    formerSecretSeconds: 24 * 3600,
    rotatedAgainSeconds: 60,
  },
  media: {
    /** 8192 × 4320: larger pictures are decoded by nobody's player and would exhaust the memory. */
    pixels: 35_389_440,
    streams: 64,
    durationSeconds: 24 * 3600,
  },
} as const;
