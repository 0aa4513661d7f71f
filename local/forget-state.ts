import { rmSync } from 'node:fs';
import { join } from 'node:path';

/** By name: the folder may be any that the user gave, and what else is in it is theirs. */
const kept = [
  's3',
  'dynamodb',
  'states',
  'events',
  'queues',
  'logs',
  'machine-secret',
  'issuer-key.json',
  'cloud.json',
];

/** Removes what a cloud keeps in its folder. None may be running there. */
export function forgetState(dataDir: string): void {
  for (const name of kept) rmSync(join(dataDir, name), { recursive: true, force: true });
}
