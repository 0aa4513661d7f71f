import { mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { EmitEvent, OutgoingEvent } from '../../types.ts';
import { readJsonFiles, removeFile, writeJson } from './durable-files.ts';

interface Letter {
  id: string;
  event: OutgoingEvent;
}

/**
 * Events written down before the change that they tell of, and crossed out once the bus has them: wherever the
 * process ends in between, the next start finds the letter, sees whether the change was made, and sends or drops it.
 */
export class Outbox {
  readonly #folder: string;
  readonly #emit: EmitEvent;

  private constructor(folder: string, emit: EmitEvent) {
    this.#folder = folder;
    this.#emit = emit;
  }

  static async open(folder: string, emit: EmitEvent): Promise<Outbox> {
    await mkdir(folder, { recursive: true });
    return new Outbox(folder, emit);
  }

  /** `id` orders the events. Runs `commit`, then sends the event. A bus that fails does not fail the change: the event waits for the next start. */
  async announce(id: string, event: OutgoingEvent, commit: () => Promise<void>): Promise<void> {
    const letter = { id, event };
    await writeJson(this.#path(id), letter);
    try {
      await commit();
    } catch (error) {
      await removeFile(this.#path(id));
      throw error;
    }
    await this.#send(letter);
  }

  /** Sends what an earlier process left, if it was really done. */
  async sendLeftovers(wasDone: (event: OutgoingEvent) => boolean): Promise<void> {
    for (const letter of await readJsonFiles<Letter>(this.#folder)) {
      if (wasDone(letter.event)) await this.#send(letter);
      else await removeFile(this.#path(letter.id));
    }
  }

  async #send({ id, event }: Letter): Promise<void> {
    try {
      await this.#emit(event);
      await rm(this.#path(id));
    } catch (error) {
      console.error(`s3: the event "${event.detailType}" waits for the next start:`, error);
    }
  }

  #path(id: string): string {
    return join(this.#folder, `${id}.json`);
  }
}
