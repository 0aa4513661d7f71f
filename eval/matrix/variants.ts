import { clocks } from './clocks.ts';
import { containers } from './containers.ts';
import { pictures } from './pictures.ts';
import { sounds } from './sounds.ts';
import type { Variant } from './variant.ts';

export const variants: Variant[] = [...containers, ...sounds, ...pictures, ...clocks];
