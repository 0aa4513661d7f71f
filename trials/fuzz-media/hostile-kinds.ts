import type { Spoil } from './hostile-file.ts';
import { bombs } from './kinds/bombs.ts';
import { damage } from './kinds/damage.ts';
import { disguises } from './kinds/disguises.ts';
import { lyingHeaders } from './kinds/lying-headers.ts';
import { lyingMp4 } from './kinds/lying-mp4.ts';
import { packets } from './kinds/packets.ts';
import { references } from './kinds/references.ts';
import { scripts } from './kinds/scripts.ts';

/** Every kind of hostile file by its name. */
export const hostileKinds: Record<string, Spoil> = {
  ...damage,
  ...disguises,
  ...scripts,
  ...references,
  ...lyingMp4,
  ...packets,
  ...lyingHeaders,
  ...bombs,
};
