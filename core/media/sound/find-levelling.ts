import { type Levelling, type Levels, levellingFilters, planLevelling } from './level-sound.ts';

/** Closer nobody hears it. */
const toleranceLu = 0.2;

const tries = 4;

/**
 * The filters that bring a sound to its loudness, found by measuring: what holds peaks down takes away some
 * loudness too, and how much only shows when it's done. `measure` answers the levels after filters; the peak is asked
 * of the sound as it is alone.
 */
export async function findLevelling(measure: (filters?: string) => Promise<Levels>): Promise<string> {
  const measured = await measure();
  const wanted = planLevelling(measured);
  const aimLufs = measured.integratedLufs + wanted.gainDb;
  let levelling: Levelling = wanted;
  for (let n = 1; levelling.ceilingDbtp !== undefined && wanted.gainDb !== 0 && n <= tries; n += 1) {
    const { integratedLufs } = await measure(levellingFilters(levelling));
    const missingLu = aimLufs - integratedLufs;
    if (Math.abs(missingLu) < toleranceLu) break;
    levelling = { ...levelling, gainDb: levelling.gainDb + missingLu };
  }
  return levellingFilters(levelling);
}
