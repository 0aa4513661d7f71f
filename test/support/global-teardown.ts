import { rmSync } from 'node:fs';
import { codeDirVariable } from './global-setup.ts';

export default function removeCodeDir(): void {
  rmSync(process.env[codeDirVariable]!, { recursive: true, force: true });
}
