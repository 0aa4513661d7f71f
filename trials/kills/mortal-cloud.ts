import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { anApi } from '../../test/support/api.ts';
import { type CloudProcess, startCloudProcess, survivorsOf } from '../../test/support/cloud-process.ts';

export type Api = ReturnType<typeof anApi>;

/** A local cloud that is started again on its data whenever it was killed. */
export interface MortalCloud {
  pid(): number;
  /** Calls until it is answered, as a client does that was told nothing: the cloud may be down, or a function killed. */
  patiently<Result>(call: (api: Api) => Promise<Result>): Promise<Result>;
  /** Of a SIGKILL. */
  die(): Promise<unknown>;
  /** Starts it again, if it is dead. Answers the processes that outlived it. */
  revive(): Promise<string[]>;
  /** What lies in the folders of the functions, once they have nothing to do. */
  temporaryFiles(): string[];
  /** Ends it as Ctrl-C does. Answers what is left of it: processes, and temporary files. */
  stop(): Promise<string[]>;
}

export async function startMortalCloud(dataDir: string): Promise<MortalCloud> {
  let cloud: CloudProcess = await startCloudProcess(dataDir);
  let api = anApi(cloud.apiUrl);
  const dead = () => cloud.child.exitCode !== null || cloud.child.signalCode !== null;
  const temporaryFolder = join(dataDir, 'tmp');

  async function revive() {
    if (!dead()) return [];
    const left = await survivorsOf(dataDir);
    cloud = await startCloudProcess(dataDir);
    api = anApi(cloud.apiUrl);
    return left;
  }

  return {
    pid: () => cloud.child.pid!,
    die: () => cloud.kill('SIGKILL'),
    revive,
    async patiently(call) {
      for (;;) {
        try {
          return await call(api);
        } catch (error) {
          if (error instanceof Refused) throw error;
          await sleep(200);
        }
      }
    },
    temporaryFiles() {
      if (!existsSync(temporaryFolder)) return [];
      return readdirSync(temporaryFolder, { recursive: true, withFileTypes: true })
        .filter((entry) => entry.isFile())
        .map((entry) => join(entry.parentPath, entry.name));
    },
    async stop() {
      await cloud.kill('SIGTERM');
      return [...(await survivorsOf(dataDir)), ...(existsSync(temporaryFolder) ? [temporaryFolder] : [])];
    },
  };
}

/** The answer was a no: asking again would not help. */
export class Refused extends Error {}
