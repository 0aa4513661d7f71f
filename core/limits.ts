/** Every limit of the product, in one place. Sizes in bytes, times in seconds. */
const GIB = 1024 ** 3;

export const limits = {
  /** S3's own limit for one POST or PUT. */
  singleUploadBytes: 5 * GIB,
  filenameBytes: 255,
  segments: { min: 1, max: 50, default: 5 },
  clipSeconds: { min: 1, max: 300 },
  minDurationDefaultSeconds: 15,
  maxDurationDefaultSeconds: 60,
  customInstructionsCharacters: 2000,
  titleCharacters: 200,
  /** How long a presigned form or URL lives, at most. */
  urlLifeSeconds: 3600,
  /** A job whose upload never came, or that was never started, expires after this. */
  uploadWindowSeconds: 24 * 3600,
  pageSize: { default: 20, max: 100 },
  media: {
    /** 8192 × 4320: larger pictures are decoded by nobody's player and would exhaust the memory. */
    pixels: 35_389_440,
    streams: 64,
    durationSeconds: 24 * 3600,
  },
} as const;
