/** The only place where functions read their environment. */
function required(name: string): string {
  const value = process.env[name];
  if (!value) throw new Error(`The environment variable ${name} is not set.`);
  return value;
}

export const env = {
  tableName: () => required('TABLE_NAME'),
  uploadsBucket: () => required('UPLOADS_BUCKET'),
  clipsBucket: () => required('CLIPS_BUCKET'),
  stateMachineArn: () => required('STATE_MACHINE_ARN'),
  announcementsArn: () => required('ANNOUNCEMENTS_ARN'),
  /** Set on a machine that nobody else reaches, by the local cloud alone: a webhook may be on that very machine. */
  webhooksToLoopback: () => process.env.WEBHOOKS_TO_LOOPBACK === 'allowed',
  /** The model that chooses by what is said, and the language of that; undefined where neither is set. */
  languageModel: () => process.env.LANGUAGE_MODEL,
  transcriptLanguage: () => process.env.TRANSCRIPT_LANGUAGE,
  quotas: () => ({
    activeJobs: Number(required('MAX_ACTIVE_JOBS')),
    dailyBytes: Number(required('MAX_DAILY_BYTES')),
  }),
  /** Of the function's role. They outlive whatever it does: Lambda starts it anew with fresh ones. */
  credentials: () => ({
    accessKeyId: required('AWS_ACCESS_KEY_ID'),
    secretAccessKey: required('AWS_SECRET_ACCESS_KEY'),
    sessionToken: process.env.AWS_SESSION_TOKEN,
  }),
  /** Undefined where nothing is taken from the inbox. */
  inboxOwner: () => process.env.INBOX_OWNER,
  /** What the function has in all; Lambda tells it. */
  memoryMegabytes: () => Number(required('AWS_LAMBDA_FUNCTION_MEMORY_SIZE')),
  ffmpegPath: () => required('FFMPEG_PATH'),
  ffprobePath: () => required('FFPROBE_PATH'),
  fontPath: () => required('FONT_PATH'),
};
