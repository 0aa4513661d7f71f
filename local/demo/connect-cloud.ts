import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { resolveFfmpeg } from '../../layers/ffmpeg/resolve-ffmpeg.ts';
import { startCloud } from '../cloud.ts';
import { synth } from '../synth.ts';

export interface ConnectedCloud {
  apiUrl: string;
  /** Stops it if it was started here. */
  stop(): Promise<void>;
}

const projectDir = join(import.meta.dirname, '../..');

/** The cloud that keeps its state in `dataDir`: the one that runs there already, or one started for the demo. */
export async function connectCloud(dataDir: string, say: (line: string) => void): Promise<ConnectedCloud> {
  const running = await runningCloud(dataDir);
  if (running) {
    say(`Using the cloud that runs at ${running.apiUrl}`);
    return { apiUrl: running.apiUrl, stop: async () => undefined };
  }
  say('Starting the cloud on this machine …');
  const { ffmpegPath, ffprobePath } = resolveFfmpeg(process.env);
  return startCloud({
    assemblyDir: () => synth(projectDir, say),
    dataDir,
    port: 0,
    tools: { ffmpegPath, ffprobePath },
    log: say,
  });
}

async function runningCloud(dataDir: string): Promise<{ apiUrl: string } | undefined> {
  try {
    const { pid, apiUrl } = JSON.parse(await readFile(join(dataDir, 'cloud.json'), 'utf8'));
    // Both: a killed cloud leaves its record, and its port may be somebody else's by now.
    process.kill(pid, 0);
    const health = await fetch(`${apiUrl}/api/health`, { signal: AbortSignal.timeout(2000) });
    return health.ok ? { apiUrl } : undefined;
  } catch {
    return undefined;
  }
}
