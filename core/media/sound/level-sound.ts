/** What streaming services play at. */
export const targetLufs = -14;

/** What a sound's true peaks may reach at most, so that no decoder or loudspeaker clips. */
export const highestPeakDbtp = -1;

/** AAC lets peaks overshoot a little: before it they end lower. */
const encodingMarginDb = 1;

/** Quieter is no speech or music but a room: it's left alone. */
const quietestLufs = -50;

/** More would lift hiss and hum to where they annoy. */
const highestGainDb = 24;

/** By EBU R 128. */
export interface Levels {
  /** −70 for silence. */
  integratedLufs: number;
  truePeakDbtp: number;
}

/** How a sound is brought to `targetLufs`. */
export interface Levelling {
  gainDb: number;
  /** Where the peaks that stand out after that are held down to; absent when none do. */
  ceilingDbtp?: number;
}

/** What to do with a sound that was measured. */
export function planLevelling({ integratedLufs, truePeakDbtp }: Levels): Levelling {
  const isHeard = integratedLufs > quietestLufs;
  const gainDb = isHeard ? Math.min(targetLufs - integratedLufs, highestGainDb) : 0;
  const ceilingDbtp = highestPeakDbtp - encodingMarginDb;
  return truePeakDbtp + gainDb > ceilingDbtp ? { gainDb, ceilingDbtp } : { gainDb };
}

/** As filters from 48 kHz to 48 kHz, of the same length. */
export function levellingFilters({ gainDb, ceilingDbtp }: Levelling): string {
  const gain = `volume=${gainDb.toFixed(2)}dB`;
  if (ceilingDbtp === undefined) return gain;
  const limit = (10 ** (ceilingDbtp / 20)).toFixed(6);
  return [
    gain,
    // True peaks lie between the samples: at four times the rate they are samples nearly.
    'aresample=192000',
    // The limiter looks 5 ms ahead, and its output comes as much later.
    `apad=pad_len=${limiterDelay}`,
    `alimiter=limit=${limit}:attack=5:release=50:level=0`,
    `atrim=start_sample=${limiterDelay},asetpts=PTS-STARTPTS`,
    'aresample=48000',
  ].join(',');
}

/** In samples of the limiter's rate, in all versions of ffmpeg. */
const limiterDelay = 959;
