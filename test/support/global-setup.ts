import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** Names the folder where all clouds of a run unpack and compile the functions' code: once, and not each for itself. */
export const codeDirVariable = 'CLIPWRIGHT_TEST_CODE';

export default function makeCodeDir(): void {
  process.env[codeDirVariable] = mkdtempSync(join(tmpdir(), 'clipwright-code-'));
}
