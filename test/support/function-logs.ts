import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** A line of a function's log: a record of the logger, metrics in EMF, or a text of the runtime's. */
export type LogLine = Record<string, any>;

/** All that the functions of a local cloud have logged. */
export function readLogs(dataDir: string): LogLine[] {
  const folder = join(dataDir, 'logs');
  return readdirSync(folder)
    .flatMap((name) => readFileSync(join(folder, name), 'utf8').split('\n'))
    .filter(Boolean)
    .map(parsed);
}

function parsed(line: string): LogLine {
  try {
    return JSON.parse(line);
  } catch {
    return { text: line };
  }
}

/** The metrics published in these lines: their sums by name, and the codes that jobs failed with. */
export function metricsIn(lines: LogLine[]): { sums: Record<string, number>; codes: string[] } {
  const sums: Record<string, number> = {};
  const codes: string[] = [];
  for (const line of lines) {
    for (const { Metrics } of line._aws?.CloudWatchMetrics ?? []) {
      for (const { Name } of Metrics) {
        sums[Name] = [sums[Name] ?? 0, line[Name]].flat().reduce((sum, value) => sum + value, 0);
        if (Name === 'JobsFailed') codes.push(line.code);
      }
    }
  }
  return { sums, codes };
}
