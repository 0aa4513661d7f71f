import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { startCloudProcess } from '../support/cloud-process.ts';
import { largeRecording } from '../support/large-recording.ts';
import { watchPeakMemory } from '../support/peak-memory.ts';
import { runCli } from '../support/run-cli.ts';

/**
 * Uploads a large recording by the command line into a cloud of its own, lets its job run to the end, and tells the peak
 * of resident memory of every process. The last line is JSON; ends with 1 where one of ours went above the goal.
 *
 *   npm run measure:upload -- [--gigabytes 4.5] [--goal-mb 250]
 */
const { values } = parseArgs({
  options: { gigabytes: { type: 'string', default: '4.5' }, 'goal-mb': { type: 'string', default: '250' } },
});
const sizeBytes = Math.round(Number(values.gigabytes) * 1e9);
const goalBytes = Number(values['goal-mb']) * 1e6;

const folder = mkdtempSync(join(tmpdir(), 'clipwright-measure-'));
try {
  process.exitCode = await measure();
} finally {
  rmSync(folder, { recursive: true, force: true });
}

async function measure(): Promise<number> {
  const file = largeRecording(join(folder, 'talk.mp4'), sizeBytes);
  const cloud = await startCloudProcess(join(folder, 'data'));
  try {
    const watched = watchPeakMemory(process.pid);
    const startedAt = performance.now();
    const run = await runCli(
      [
        'upload',
        file,
        '--url',
        cloud.apiUrl,
        '--segments',
        '2',
        '--min-duration',
        '3',
        '--monitor',
        '--json',
      ],
      {
        environment: { XDG_STATE_HOME: folder },
        onStderr: (text) => process.stderr.write(text),
      },
    );
    const seconds = (performance.now() - startedAt) / 1000;
    return report([...watched.stop()], { run, seconds });
  } finally {
    await cloud.kill('SIGTERM');
  }
}

function report(
  peaks: [string, number][],
  { run, seconds }: { run: Awaited<ReturnType<typeof runCli>>; seconds: number },
): number {
  // Ours is what runs in Node, this script apart; ffmpeg has limits of its own.
  const ours = peaks.filter(([name]) => !name.startsWith('ff') && !name.startsWith('test/measure'));
  const rows = ours
    .toSorted((a, b) => b[1] - a[1])
    .map(([name, bytes]) => [name, Math.round(bytes / 1e6)] as const);
  for (const [name, megabytes] of rows)
    process.stderr.write(`${String(megabytes).padStart(6)} MB  ${name}\n`);

  const status = JSON.parse(run.stdout.trimEnd().split('\n').at(-1) ?? '{}').status ?? 'failed';
  const outcome = {
    bytes: sizeBytes,
    seconds: Math.round(seconds),
    status,
    peak_mb: Object.fromEntries(rows),
    above_goal: ours.filter(([, bytes]) => bytes > goalBytes).map(([name]) => name),
  };
  process.stdout.write(`${JSON.stringify(outcome)}\n`);
  return status === 'completed' && outcome.above_goal.length === 0 ? 0 : 1;
}
