import { join } from 'node:path';
import { beepingSound, flashingPicture } from './flash-and-beep.ts';
import { runReference } from './reference.ts';
import type { Variant } from './variant.ts';

export const sourceSeconds = 5;

const silence = 'anullsrc=r=48000:cl=stereo';

/** Makes a recording of the kind and answers its path. */
export function makeSource(variant: Variant, folder: string): string {
  const { size = [320, 180], rate = '30', sound = 'beeps', options, remux } = variant;
  const path = join(folder, variant.file);
  const made = remux ? join(folder, `made-${variant.file}`) : path;
  const inputs = [
    ...(size ? [flashingPicture({ width: size[0], height: size[1], rate })] : []),
    ...(sound === 'none' ? [] : [sound === 'silence' ? silence : beepingSound({ rate })]),
  ];
  const tracks = options.includes('-map') ? [silence, ...inputs.splice(1)] : [];
  const all = [...inputs, ...tracks];
  runReference(
    ...all.flatMap((lavfi) => ['-f', 'lavfi', '-i', lavfi]),
    ...['-map', '0', ...(all.length > 1 ? ['-map', '1'] : [])],
    ...(size && variant.pictureFilters ? ['-vf', variant.pictureFilters] : []),
    ...(variant.soundFilters ? ['-af', variant.soundFilters] : []),
    ...['-t', String(sourceSeconds), ...options, '-bitexact', made],
  );
  remux?.(made, path);
  return path;
}
