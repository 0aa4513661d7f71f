import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { canary } from './hostile-name.ts';

/** What must never be written down: signatures, tokens, names of files. */
export function searchLogs(
  { dataDir, logs }: { dataDir: string; logs: string[] },
  tokens: string[],
): { log_lines: number; secrets_logged: string[] } {
  const folders = ['logs', 'states'].map((name) => join(dataDir, name));
  const files = folders.flatMap((folder) =>
    readdirSync(folder, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => join(entry.parentPath, entry.name)),
  );
  const lines = [...logs, ...files.flatMap((file) => readFileSync(file, 'utf8').split('\n'))];
  // Of a token the last part is enough to sign in with the rest, which anybody could make up.
  const signatures = tokens.map((token) => token.split('.')[2] ?? token);
  const secrets = ['X-Amz-Signature', 'X-Amz-Credential', 'alices-secret', canary, ...signatures];
  const found = secrets.filter((secret) => lines.some((line) => line.includes(secret)));
  return { log_lines: lines.length, secrets_logged: found };
}
