import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { setTimeout as sleep } from 'node:timers/promises';
import { preparedNode } from './prepared-node.ts';

export interface CloudProcess {
  child: ChildProcess;
  apiUrl: string;
  s3Url: string;
  /** Of alice and bob, with `auth`. */
  tokens?: Record<string, string>;
  kill(signal: NodeJS.Signals): Promise<number | null>;
}

/** The local cloud as a user starts it: `npm start`'s own command in a process of its own, on free ports. */
export async function startCloudProcess(
  dataDir: string,
  { auth = false, assemblyDir }: { auth?: boolean; assemblyDir?: string } = {},
): Promise<CloudProcess> {
  const assembly = assemblyDir ? ['--assembly', assemblyDir] : [];
  const options = [...(auth ? ['--auth'] : []), ...assembly];
  const args = [...preparedNode, 'local/main.ts', '--port', '0', '--json', '--data', dataDir, ...options];
  const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'pipe'] });
  let said = '';
  child.stderr.on('data', (chunk) => {
    said += chunk;
  });
  for await (const line of createInterface(child.stdout)) {
    return {
      child,
      ...JSON.parse(line),
      async kill(signal) {
        child.kill(signal);
        if (child.exitCode === null && child.signalCode === null) await once(child, 'exit');
        return child.exitCode;
      },
    };
  }
  throw new Error(`The cloud did not start: ${said}`);
}

/** The command lines of all processes here that name this folder, in arguments or environment. */
export function processesOf(dataDir: string): string[] {
  const listed = execFileSync('ps', ['axeww', '-o', 'pid=,args='], {
    encoding: 'utf8',
    maxBuffer: 64 * 1024 * 1024,
  });
  return listed.split('\n').filter((line) => line.includes(dataDir) && !line.includes('ps axeww'));
}

/**
 * The processes that still run ten seconds after the cloud's end; they see it by themselves, each in its time. One that
 * is just being made has no name yet, so none is believed only when seen twice.
 */
export async function survivorsOf(dataDir: string): Promise<string[]> {
  let [seen, before] = [processesOf(dataDir), ['']];
  for (let looks = 0; looks < 100 && seen.length + before.length > 0; looks += 1) {
    await sleep(100);
    [seen, before] = [processesOf(dataDir), seen];
  }
  return seen;
}
