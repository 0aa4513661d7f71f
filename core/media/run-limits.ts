/** For whatever goes through a recording: as long as a function may take, and not a minute of silence. */
export const runLimits = { wallSeconds: 15 * 60, stallSeconds: 60 };

/** For files of our own making, which hold no surprises. */
export const ownFileLimits = { wallSeconds: 15 * 60 };
