import type { Output } from './api/wire-types.ts';
import { BadUsage } from './bad-usage.ts';

const text = { type: 'string' } as const;
const flag = { type: 'boolean', default: false } as const;

export const lookOptions = {
  output: { ...text, multiple: true },
  captions: text,
  'burn-captions': flag,
  'no-loudness': flag,
} as const;

/** How clips are to look and sound; what is left out is left to the service. */
export interface Look {
  outputs?: Output[];
  captions?: 'burn';
  normalize_loudness?: false;
}

const shapes = ['source', 'vertical', 'square'] as const;
const fits = ['crop', 'blur', 'pad'] as const;

/** Throws BadUsage. */
export function parseLook(values: {
  output?: string[];
  'burn-captions': boolean;
  'no-loudness': boolean;
}): Look {
  return {
    outputs: values.output?.map(parseOutput),
    captions: values['burn-captions'] ? 'burn' : undefined,
    normalize_loudness: values['no-loudness'] ? false : undefined,
  };
}

/** `vertical`, `vertical:blur`. Throws BadUsage. */
export function parseOutput(given: string): Output {
  const [shapeName, fitName, ...more] = given.split(':');
  const shape = shapes.find((name) => name === shapeName);
  const fit = fits.find((name) => name === fitName);
  if (!shape || more.length > 0 || (fitName !== undefined && !fit)) {
    throw new BadUsage(
      `--output takes source, vertical or square, and :crop, :blur or :pad after it if need be, not “${given}”.`,
    );
  }
  return fit ? { shape, fit } : { shape };
}
