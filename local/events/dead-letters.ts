import { appendFileSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';

export interface DeadLetter {
  event: unknown;
  reason: Error;
  /** The ARN of the function or rule that gave up. */
  source: string;
}

export interface DeadLetters {
  /** Without a queue, the letter is dropped, as on AWS; the log says so in either case. */
  add(queueArn: string | undefined, letter: DeadLetter): void;
  /** A message that `source` puts into a queue itself. */
  send(queueArn: string, message: unknown, source: string): void;
}

/** Dead-letter queues are files: `<dataDir>/queues/<queue>.jsonl`, a letter a line. */
export function openDeadLetters(dataDir: string, log: (line: string) => void): DeadLetters {
  const folder = join(dataDir, 'queues');

  function keep(name: string, letter: object): void {
    mkdirSync(folder, { recursive: true });
    appendFileSync(
      join(folder, `${name}.jsonl`),
      `${JSON.stringify({ time: new Date().toISOString(), ...letter })}\n`,
    );
  }

  return {
    add(queueArn, { event, reason, source }) {
      const name = queueArn?.split(':').at(-1);
      log(
        `${source.split(':').at(-1)} gave up on an event: ${reason.name}: ${reason.message}; ` +
          (name ? `it is kept in queues/${name}.jsonl` : 'it is dropped'),
      );
      if (name) keep(name, { source, errorType: reason.name, errorMessage: reason.message, event });
    },

    send(queueArn, message, source) {
      const name = queueArn.split(':').at(-1)!;
      log(`${source.split(':').at(-1)} put a message into queues/${name}.jsonl`);
      keep(name, { source, message });
    },
  };
}
