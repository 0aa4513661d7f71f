import { decodeReference, frameTiming } from './reference.ts';

const sampleRateHz = 48_000;

/** A beep is looked for this far around its flash. */
const aroundSeconds = 0.25;

/** When flashes begin in a clip, from its decoded frames. `complaints`: what the decoder said. */
export function findFlashes(
  path: string,
  frameTimes: readonly number[],
): { flashes: number[]; complaints: string } {
  const { output, complaints } = decodeReference(
    ...['-i', path, '-map', '0:v:0', '-vf', 'scale=1:1:flags=area,format=gray'],
    ...[frameTiming, 'passthrough', '-f', 'rawvideo', '-'],
  );
  const lumas = [...output];
  const threshold = (Math.min(...lumas) + Math.max(...lumas)) / 2;
  const begins = lumas.flatMap((luma, n) => (luma > threshold && !(lumas[n - 1]! > threshold) ? [n] : []));
  return { flashes: begins.map((n) => frameTimes[n]!), complaints };
}

/** When a beep begins near each of the times, from its decoded samples; undefined where there is none. */
export function findBeeps(
  path: string,
  times: readonly number[],
): { beeps: (number | undefined)[]; complaints: string } {
  const { output, complaints } = decodeReference(
    ...['-i', path, '-map', '0:a:0', '-af', `aresample=${sampleRateHz}:async=1:first_pts=0`],
    ...['-ac', '1', '-f', 'f32le', '-'],
  );
  const samples = new Float32Array(
    output.buffer.slice(output.byteOffset, output.byteOffset + output.byteLength),
  );
  const loudest = samples.reduce((peak, sample) => Math.max(peak, Math.abs(sample)), 0);
  const threshold = Math.max(0.3 * loudest, 0.01);
  const beeps = times.map((time) => {
    const start = Math.max(0, Math.round((time - aroundSeconds) * sampleRateHz));
    const near = samples.subarray(start, Math.round((time + aroundSeconds) * sampleRateHz));
    const first = near.findIndex((sample) => Math.abs(sample) > threshold);
    return first < 0 ? undefined : (start + first) / sampleRateHz;
  });
  return { beeps, complaints };
}

/** The brightness of the four quarters of a clip's first frame: top left, top right, bottom left, bottom right. */
export function quartersOf(path: string): number[] {
  const graph = 'scale=2:2:flags=area,format=gray';
  return [...decodeReference('-i', path, '-frames:v', '1', '-vf', graph, '-f', 'rawvideo', '-').output];
}
