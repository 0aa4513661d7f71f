import { familyOf, kindOf } from '../../test/support/processes.ts';
import type { MortalCloud } from './mortal-cloud.ts';

export const victims = ['cloud', 'function', 'ffmpeg'] as const;
export type Victim = (typeof victims)[number];

/** Kills one process of the kind, if there is one: `pick` (0 to 1) says which. */
export async function killOne(cloud: MortalCloud, victim: Victim, pick: number): Promise<boolean> {
  if (victim === 'cloud') {
    await cloud.die();
    return true;
  }
  const candidates = familyOf(cloud.pid()).filter((pid) => kindOf(pid) === victim);
  const pid = candidates[Math.floor(pick * candidates.length)];
  if (pid === undefined) return false;
  try {
    process.kill(pid, 'SIGKILL');
    return true;
  } catch {
    return false; // it ended by itself meanwhile
  }
}
