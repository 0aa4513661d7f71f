import { runFfmpegHere } from '../../test/support/ffmpeg-here.ts';
import { secretColour, secretToneHz, secretWords } from './canaries.ts';

/** What a file that came out has of the canaries, in words; undefined if it has nothing. Throws if it can't be played. */
export function findCanary(
  path: string,
  bytes: Uint8Array,
  has: { video: boolean; audio: boolean },
): string | undefined {
  if (Buffer.from(bytes).includes(secretWords)) return 'the words of the secret file';
  if (has.video && hasColour(path)) return 'the picture of the secret file';
  if (has.audio && hasTone(path)) return 'the sound of the secret file';
  return undefined;
}

/** As it is, or as another standard's matrix makes it. */
const colourTolerance = 28;

/** The bait is a few seconds long, and what is made of it, too. */
const lookedAtSeconds = 300;

/** Half of any picture in that very colour. */
function hasColour(path: string): boolean {
  const size = 16;
  const graph = `fps=5,scale=${size}:${size}:flags=area,format=yuv444p`;
  const planes = runFfmpegHere('-xerror', '-i', path, '-map', '0:v:0', '-vf', graph, '-f', 'rawvideo', '-');
  const plane = size * size;
  for (let frame = 0; frame + 3 * plane <= planes.length; frame += 3 * plane) {
    let alike = 0;
    for (let n = 0; n < plane; n += 1) {
      const u = planes[frame + plane + n]!;
      const v = planes[frame + 2 * plane + n]!;
      if (Math.abs(u - secretColour.u) + Math.abs(v - secretColour.v) < colourTolerance) alike += 1;
    }
    if (alike > plane / 2) return true;
  }
  return false;
}

/** Goertzel's algorithm over windows of a tenth of a second: most of the power of one lies in that tone. */
function hasTone(path: string): boolean {
  const bytes = runFfmpegHere(
    ...['-xerror', '-i', path, '-map', '0:a:0', '-t', String(lookedAtSeconds)],
    ...['-ar', '48000', '-ac', '1', '-f', 'f32le', '-'],
  );
  const samples = new Float32Array(bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength));
  const window = 4800;
  const coefficient = 2 * Math.cos((2 * Math.PI * secretToneHz) / 48_000);
  for (let start = 0; start + window <= samples.length; start += window) {
    let [before, beforeThat, power] = [0, 0, 0];
    for (let n = start; n < start + window; n += 1) {
      const sample = samples[n]!;
      [before, beforeThat] = [sample + coefficient * before - beforeThat, before];
      power += sample ** 2;
    }
    const tone = before ** 2 + beforeThat ** 2 - coefficient * before * beforeThat;
    if (power > 1e-3 && tone / ((window / 2) * power) > 0.5) return true;
  }
  return false;
}
