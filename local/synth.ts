import { spawn } from 'node:child_process';
import { existsSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { delimiter, dirname, join } from 'node:path';
import { hashOfInputs } from './synth-inputs.ts';

/** The app did not synthesize; the message holds what it said. */
export class SynthError extends Error {
  override readonly name = 'SynthError';
}

const inputsFile = 'inputs.sha256';

/** What is set here and not by a deployer: nothing runs from the layer, one owner has all and signs in nowhere. */
const settings = { ffmpegLayer: 'skip', inboxOwner: 'local', pageSignIn: 'none' };

/**
 * Synthesizes the stack of a project into `<project>/.clipwright/assembly`, unless its inputs are what they were;
 * with settings of a deployer (`transcript: 'on'`) into a folder named after them.
 * Answers that folder; throws SynthError. The ffmpeg layer is left out: nothing runs from it here.
 */
export async function synth(
  projectDir: string,
  log: (line: string) => void,
  chosen: Record<string, string> = {},
): Promise<string> {
  const name = ['assembly', ...Object.entries(chosen).flat()].join('-');
  const assemblyDir = join(projectDir, '.clipwright', name);
  const hash = hashOfInputs(projectDir);
  if (hashIn(assemblyDir) === hash) return assemblyDir;

  log('Synthesizing the stack (only when something in it has changed) …');
  const unfinished = `${assemblyDir}.${process.pid}`;
  const cleanUp = () => rmSync(unfinished, { recursive: true, force: true });
  process.once('exit', cleanUp); // Ctrl-C may come in the middle
  try {
    await runApp(projectDir, unfinished, { ...settings, ...chosen });
    writeFileSync(join(unfinished, inputsFile), hash);
    replace(assemblyDir, unfinished);
  } finally {
    cleanUp();
    process.off('exit', cleanUp);
  }
  return assemblyDir;
}

/** As the CDK's own command line runs it, but without that: it would take seconds more. */
async function runApp(
  projectDir: string,
  outputDir: string,
  settings: Record<string, string>,
): Promise<void> {
  const { app, context } = JSON.parse(readFileSync(join(projectDir, 'cdk.json'), 'utf8')) as {
    app: string;
    context: Record<string, unknown>;
  };
  const path = [dirname(process.execPath), join(projectDir, 'node_modules/.bin'), process.env.PATH];
  const child = spawn(app, {
    cwd: projectDir,
    shell: true,
    stdio: ['ignore', 'pipe', 'pipe'],
    env: {
      ...process.env,
      PATH: path.join(delimiter),
      CDK_OUTDIR: outputDir,
      CDK_CONTEXT_JSON: JSON.stringify({ ...context, ...settings }),
      CDK_VALIDATION: 'false', // `npm run synth` and CI validate; here it would double the time
    },
  });
  let said = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk) => (said += chunk));
  const code = await new Promise((resolve, reject) => child.once('error', reject).once('close', resolve));
  if (code !== 0) throw new SynthError(`\`${app}\` failed (exit status ${code}):\n${said.trim()}`);
}

/** Whoever synthesizes at the same time makes the same, so that the last one may win. */
function replace(assemblyDir: string, by: string): void {
  const old = `${assemblyDir}.old.${process.pid}`;
  if (existsSync(assemblyDir)) renameSync(assemblyDir, old);
  renameSync(by, assemblyDir);
  rmSync(old, { recursive: true, force: true });
}

function hashIn(assemblyDir: string): string | undefined {
  const path = join(assemblyDir, inputsFile);
  return existsSync(path) ? readFileSync(path, 'utf8') : undefined;
}
