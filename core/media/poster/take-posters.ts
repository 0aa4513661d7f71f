import { readFile, rm, writeFile } from 'node:fs/promises';
import { DamagedMedia } from '../../failures.ts';
import type { PictureSize } from '../clip/clip-size.ts';
import { type CandidateFiles, lookedAtSize } from './candidate-args.ts';
import { choosePoster } from './choose-poster.ts';
import { measurePicture } from './measure-picture.ts';

/**
 * Writes the posters of a clip, one for each output and all of the same moment: that of the picture which suits best.
 * `size` is that of the first output. Throws DamagedMedia when there is no picture.
 */
export async function takePosters(
  { lumaPath, jpegPaths }: CandidateFiles,
  size: PictureSize,
  posterPaths: readonly string[],
): Promise<void> {
  const { widthPixels, heightPixels } = lookedAtSize(size);
  const planes = planesOf(await readFile(lumaPath), widthPixels * heightPixels);
  const chosen = choosePoster(planes.map((luma) => measurePicture(luma, widthPixels)));
  for (const [n, path] of posterPaths.entries()) {
    const poster = jpegsOf(await readFile(jpegPaths[n]!))[chosen ?? 0];
    if (!poster) throw new DamagedMedia('The recording has no picture where this clip should be.');
    await writeFile(path, poster);
  }
  for (const path of [lumaPath, ...jpegPaths]) await rm(path);
}

function planesOf(bytes: Buffer, planeBytes: number): Buffer[] {
  const count = Math.floor(bytes.length / planeBytes);
  return Array.from({ length: count }, (_, n) => bytes.subarray(n * planeBytes, (n + 1) * planeBytes));
}

/** "Start of image", and the marker after it: nothing else in a JPEG looks like this (ITU-T T.81, B.1.1). */
const jpegStart = Buffer.of(0xff, 0xd8, 0xff);

function jpegsOf(bytes: Buffer): Buffer[] {
  const starts: number[] = [];
  for (let at = bytes.indexOf(jpegStart); at >= 0; at = bytes.indexOf(jpegStart, at + 1)) starts.push(at);
  return starts.map((start, n) => bytes.subarray(start, starts[n + 1]));
}
