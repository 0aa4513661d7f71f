import { cpSync, existsSync, mkdirSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { TemplateError } from '../template/template-error.ts';

/**
 * Copies a staged bundle to `<codeFolder>/<asset>`, as Lambda unpacks it to /var/task: a later synth may replace the
 * assembly while functions run. Bundles are CommonJS whatever the package.json above them says.
 */
export function unpackCode(assetFolder: string, codeFolder: string): string {
  const taskRoot = join(codeFolder, basename(assetFolder));
  if (existsSync(taskRoot)) return taskRoot; // its name holds its hash: it can't be another one
  if (!statSync(assetFolder, { throwIfNoEntry: false })?.isDirectory())
    throw new TemplateError(`${assetFolder} is no folder: the bundle was not staged`);

  const unfinished = `${taskRoot}.${process.pid}`;
  rmSync(unfinished, { recursive: true, force: true });
  mkdirSync(codeFolder, { recursive: true });
  cpSync(assetFolder, unfinished, { recursive: true });
  const packagePath = join(unfinished, 'package.json');
  if (!existsSync(packagePath)) writeFileSync(packagePath, '{"type":"commonjs"}\n');
  try {
    renameSync(unfinished, taskRoot);
  } catch (error) {
    if (!existsSync(taskRoot)) throw error; // else another cloud was faster that shares the folder
  } finally {
    rmSync(unfinished, { recursive: true, force: true });
  }
  return taskRoot;
}
