import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { anApi } from '../support/api.ts';
import { startCloudProcess } from '../support/cloud-process.ts';
import { largeRecording } from '../support/large-recording.ts';
import { launchBrowser } from '../support/launch-browser.ts';
import { makeClips, openPage } from '../support/page.ts';
import { watchPeakMemory } from '../support/peak-memory.ts';
import { runCli } from '../support/run-cli.ts';

/**
 * Uploads a large recording, by the command line or from the page in Chromium, into a cloud of its own, lets its job run
 * to the end, and tells the peak of resident memory of every process. The last line is JSON; ends with 1 where one of ours
 * went above the goal.
 *
 *   npm run measure:upload -- [--browser] [--gigabytes 4.5] [--goal-mb 250]
 */
const { values } = parseArgs({
  options: {
    browser: { type: 'boolean', default: false },
    gigabytes: { type: 'string', default: '4.5' },
    'goal-mb': { type: 'string', default: '250' },
  },
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
    const status = await (values.browser ? uploadByBrowser : uploadByCommandLine)(cloud.apiUrl, file);
    const seconds = (performance.now() - startedAt) / 1000;
    return report([...watched.stop()], { status, seconds });
  } finally {
    await cloud.kill('SIGTERM');
  }
}

/** Answers the status in which the job ended. */
async function uploadByCommandLine(url: string, file: string): Promise<string> {
  const wishes = ['--segments', '2', '--min-duration', '3', '--monitor', '--json'];
  const run = await runCli(['upload', file, '--url', url, ...wishes], {
    environment: { XDG_STATE_HOME: folder },
    onStderr: (text) => process.stderr.write(text),
  });
  return JSON.parse(run.stdout.trimEnd().split('\n').at(-1) ?? '{}').status ?? 'failed';
}

async function uploadByBrowser(url: string, file: string): Promise<string> {
  const browser = await launchBrowser();
  try {
    const { tab } = await openPage(browser, url);
    await makeClips(tab, file, { clips: 2, shortest: 3, longest: 60 });
    await tab.getByText(/^(Done: 2 clips|Failed)$/).waitFor({ timeout: 3600_000 });
    const { body } = await anApi(url).get('/api/jobs');
    return body.jobs[0].status;
  } finally {
    await browser.close();
  }
}

function report(peaks: [string, number][], { status, seconds }: { status: string; seconds: number }): number {
  // Ours is what runs in Node, this script apart; ffmpeg has limits of its own, and the browser is the user's.
  const ours = peaks.filter(([name]) => !/^(ff|test\/measure|.*chrom)/.test(name));
  const rows = ours
    .toSorted((a, b) => b[1] - a[1])
    .map(([name, bytes]) => [name, Math.round(bytes / 1e6)] as const);
  for (const [name, megabytes] of rows)
    process.stderr.write(`${String(megabytes).padStart(6)} MB  ${name}\n`);

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
