import { cpus, loadavg, totalmem } from 'node:os';
import { resolveFfmpeg } from '../layers/ffmpeg/resolve-ffmpeg.ts';

/** The machine in one line, with what else it was doing when the run began. */
export function describeMachine(): string {
  const processors = cpus();
  const { version } = resolveFfmpeg(process.env);
  return [
    `${processors[0]?.model.trim()}, ${processors.length} cores`,
    `${Math.round(totalmem() / 1e9)} GB`,
    `ffmpeg ${version}`,
    `Node ${process.version}`,
    `load ${loadavg()[0]?.toFixed(1)} at the start`,
    new Date().toISOString(),
  ].join(', ');
}
