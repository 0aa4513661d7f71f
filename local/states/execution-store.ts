import { mkdir, open, readdir, readFile, rename } from 'node:fs/promises';
import { dirname, join } from 'node:path';

export type ExecutionStatus = 'RUNNING' | 'SUCCEEDED' | 'FAILED' | 'TIMED_OUT' | 'ABORTED';

/** One execution as it is kept on disk. Times are ms since the epoch; input and output are JSON texts. */
export interface ExecutionRecord {
  executionArn: string;
  stateMachineArn: string;
  name: string;
  status: ExecutionStatus;
  startDate: number;
  stopDate?: number;
  input: string;
  output?: string;
  error?: string;
  cause?: string;
}

/** Executions on disk: one file each, `<folder>/<state machine>/<name>.json`. */
export function executionStore(folder: string) {
  const pathOf = ({ stateMachineArn, name }: ExecutionRecord) =>
    join(folder, stateMachineArn.split(':').at(-1)!, `${name}.json`);

  return {
    /** All of them, oldest first. */
    async load(): Promise<ExecutionRecord[]> {
      await mkdir(folder, { recursive: true });
      const files = await readdir(folder, { recursive: true });
      const records = await Promise.all(
        files
          .filter((file) => file.endsWith('.json'))
          .map(
            async (file): Promise<ExecutionRecord> => JSON.parse(await readFile(join(folder, file), 'utf8')),
          ),
      );
      return records.sort((a, b) => a.startDate - b.startDate);
    },

    /** Resolves once the record is on disk for good; a kill leaves the old one or the new one, never half of it. */
    async write(record: ExecutionRecord): Promise<void> {
      const path = pathOf(record);
      await mkdir(dirname(path), { recursive: true });
      await using file = await open(`${path}.new`, 'w');
      await file.writeFile(JSON.stringify(record));
      await file.sync();
      await rename(`${path}.new`, path);
      await using parent = await open(dirname(path));
      await parent.sync();
    },
  };
}

export type ExecutionStore = ReturnType<typeof executionStore>;
