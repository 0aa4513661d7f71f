const GIB = 1024 ** 3;

/**
 * For whatever goes through a recording: as long as a function may take, and not a minute of silence. It writes nothing,
 * or sound: a day of that is 2 GB, and the function has 4.
 */
export const runLimits = { wallSeconds: 15 * 60, stallSeconds: 60, folderBytes: 3 * GIB };

/** For rendering clips; the function has 10 GiB. */
export const renderLimits = { ...runLimits, folderBytes: 9 * GIB };

/** For files of our own making, which hold no surprises. */
export const ownFileLimits = { wallSeconds: 15 * 60, folderBytes: 9 * GIB };
