import type { Corner, Output } from './api/wire-types.ts';
import { BadUsage } from './bad-usage.ts';

const text = { type: 'string' } as const;
const flag = { type: 'boolean', default: false } as const;

export const lookOptions = {
  output: { ...text, multiple: true },
  captions: text,
  'burn-captions': flag,
  'no-loudness': flag,
  fast: flag,
  watermark: text,
  'watermark-position': text,
} as const;

/** How clips are to look and sound; what is left out is left to the service. */
export interface Look {
  outputs?: Output[];
  captions?: 'burn';
  normalize_loudness?: false;
  watermark_position?: Corner;
  cut?: 'fast';
}

const shapes = ['source', 'vertical', 'square'] as const;
const fits = ['crop', 'blur', 'pad'] as const;
const corners = ['top_left', 'top_right', 'bottom_left', 'bottom_right'] as const;

/** Throws BadUsage. */
export function parseLook(values: {
  output?: string[];
  'burn-captions': boolean;
  'no-loudness': boolean;
  fast: boolean;
  watermark?: string;
  'watermark-position'?: string;
}): Look {
  const position = values['watermark-position'];
  if (position !== undefined && values.watermark === undefined) {
    throw new BadUsage('--watermark-position says where --watermark FILE goes: name that, too.');
  }
  return {
    outputs: values.output?.map(parseOutput),
    captions: values['burn-captions'] ? 'burn' : undefined,
    normalize_loudness: values['no-loudness'] ? false : undefined,
    watermark_position: position === undefined ? undefined : parseCorner(position),
    cut: values.fast ? 'fast' : undefined,
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

function parseCorner(given: string): Corner {
  const corner = corners.find((name) => name === given.replace('-', '_'));
  if (corner) return corner;
  throw new BadUsage(
    `--watermark-position takes top-left, top-right, bottom-left or bottom-right, not “${given}”.`,
  );
}
