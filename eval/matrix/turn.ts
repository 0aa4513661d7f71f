import { readFileSync, writeFileSync } from 'node:fs';
import { runReference } from './reference.ts';

const one = 0x10000;

/** The clockwise turns, as QuickTime writes them. */
const turns = {
  90: setMatrix(0, 1, -1, 0),
  180: setMatrix(-1, 0, 0, -1),
  270: setMatrix(0, -1, 1, 0),
};

export function turnedBy(degrees: keyof typeof turns) {
  return turns[degrees];
}

/** Writes into an MP4 or MOV how its picture is to be shown: the matrix of its first track (ISO/IEC 14496-12, tkhd). */
export function setMatrix(a: number, b: number, c: number, d: number) {
  return (from: string, to: string): void => {
    const file = readFileSync(from);
    // A version 0 header: four bytes of flags, 20 of times and numbers, 16 of reserved, layer, group and volume.
    const matrix = file.indexOf('tkhd') + 4 + 4 + 20 + 16;
    [a, b, 0, c, d].forEach((value, n) => {
      file.writeInt32BE(value * one, matrix + n * 4);
    });
    writeFileSync(to, file);
  };
}

/** Drops the beginning, keeping packets as they are: from the keyframe before on, with a note that it isn't shown. */
export function copyFrom(seconds: number) {
  return (from: string, to: string): void => {
    runReference('-ss', String(seconds), '-i', from, '-c', 'copy', to);
  };
}
