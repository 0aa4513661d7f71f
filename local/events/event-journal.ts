import { closeSync, fsyncSync, mkdirSync, openSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { open, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { BusEvent } from './event-bus.ts';

export interface EventJournal {
  /** Resolves when the event is on disk for good. */
  add(event: BusEvent): Promise<void>;
  remove(event: BusEvent): Promise<void>;
  /** Those that were not removed before the last stop or crash, oldest first. */
  unfinished(): BusEvent[];
}

/** One file for each event that is not yet delivered to all its targets. */
export function openJournal(folder: string): EventJournal {
  mkdirSync(folder, { recursive: true });
  for (const name of readdirSync(folder)) if (name.endsWith('.new')) rmSync(join(folder, name)); // broken off before it was accepted
  const pathOf = ({ time, id }: BusEvent) => join(folder, `${Date.parse(time)}-${id}.json`);

  return {
    async add(event) {
      const path = pathOf(event);
      const file = await open(`${path}.new`, 'wx', 0o600);
      try {
        await file.writeFile(JSON.stringify(event));
        await file.sync();
      } finally {
        await file.close();
      }
      await rename(`${path}.new`, path);
      syncFolder(folder);
    },
    remove: (event) => rm(pathOf(event), { force: true }),
    unfinished: () =>
      readdirSync(folder)
        .filter((name) => name.endsWith('.json'))
        .sort()
        .map((name) => JSON.parse(readFileSync(join(folder, name), 'utf8')) as BusEvent),
  };
}

/** The name of a new file is durable only once its folder is. */
function syncFolder(folder: string): void {
  const descriptor = openSync(folder, 'r');
  try {
    fsyncSync(descriptor);
  } finally {
    closeSync(descriptor);
  }
}
