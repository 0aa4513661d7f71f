import { createHash } from 'node:crypto';
import { mkdir, readdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { MultipartUpload } from '../api/wire-types.ts';
import type { LocalFile } from './local-file.ts';
import { lockFile } from './lock-file.ts';

/** Unfinished uploads live for a day at the service; what was left here longer is of no use to anybody. */
const keptMs = 7 * 24 * 3600 * 1000;

/** What is remembered of an unfinished upload, so that the next process goes on with it. */
export interface UploadRecord {
  load(): Promise<MultipartUpload | undefined>;
  save(upload: MultipartUpload): Promise<void>;
  forget(): Promise<void>;
  /** For as long as this process works on it. Throws Locked. */
  lock(): Promise<() => Promise<void>>;
}

/**
 * The record of this file, as it is now, at the service at `apiUrl`; one small file in `folder`, which is made.
 * It holds no token and no address, and is whole or not there at all.
 */
export async function uploadRecord(folder: string, file: LocalFile, apiUrl: string): Promise<UploadRecord> {
  const identity = JSON.stringify([file.realPath, file.sizeBytes, file.modifiedMs, apiUrl]);
  const path = join(folder, createHash('sha256').update(identity).digest('hex').slice(0, 32));
  await mkdir(folder, { recursive: true, mode: 0o700 });
  await forgetOld(folder);

  return {
    load: async () => asUpload(await readFile(`${path}.json`, 'utf8').catch(() => '')),
    async save({ job_id, upload_id, s3_key, part_size }) {
      const record = { file: file.realPath, job_id, upload_id, s3_key, part_size };
      await writeFile(`${path}.new`, `${JSON.stringify(record)}\n`, { mode: 0o600 });
      await rename(`${path}.new`, `${path}.json`);
    },
    forget: () => rm(`${path}.json`, { force: true }),
    lock: () => lockFile(`${path}.lock`),
  };
}

/** Undefined for anything that is not a record: the upload then starts anew, which is always right. */
function asUpload(text: string): MultipartUpload | undefined {
  try {
    const { job_id, upload_id, s3_key, part_size } = JSON.parse(text);
    const isRecord = [job_id, upload_id, s3_key].every((id) => typeof id === 'string') && part_size > 0;
    return isRecord ? { job_id, upload_id, s3_key, part_size } : undefined;
  } catch {
    return undefined;
  }
}

async function forgetOld(folder: string): Promise<void> {
  for (const name of await readdir(folder)) {
    const path = join(folder, name);
    const found = await stat(path).catch(() => undefined);
    if (found && Date.now() - found.mtimeMs > keptMs) await rm(path, { force: true });
  }
}
