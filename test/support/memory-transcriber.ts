import type { Transcriber } from '../../core/ports/language.ts';
import type { StoredObject } from '../../core/ports/object-store.ts';
import type { Transcript } from '../../core/transcript/types.ts';
import type { memoryObjectStore } from './memory-object-store.ts';

/** Transcribe's promises, in memory: a name is one transcription, whose result is in the bucket once it's completed. */
export function memoryTranscriber(
  uploads: ReturnType<typeof memoryObjectStore>,
): Transcriber & { started: string[]; complete(transcript: Transcript): void; fail(reason: string): void } {
  const jobs = new Map<string, { resultKey: string; outcome?: 'completed' | 'failed' }>();
  let failure = '';
  const end = (outcome: 'completed' | 'failed') => {
    for (const job of jobs.values()) job.outcome ??= outcome;
  };
  return {
    started: [],
    async start({ name, resultKey }) {
      if (jobs.has(name)) return;
      jobs.set(name, { resultKey });
      this.started.push(name);
    },
    async stateOf(name) {
      const job = jobs.get(name);
      if (!job) throw new Error(`There is no transcription ${name}.`);
      if (job.outcome === 'failed') return { state: 'failed', reason: failure };
      return { state: job.outcome ?? 'running' };
    },
    async read(result: StoredObject, { signal }) {
      const bytes = await uploads.open(result).read(0, result.sizeBytes, signal);
      return JSON.parse(Buffer.from(bytes).toString());
    },

    complete(transcript) {
      for (const { resultKey, outcome } of jobs.values()) {
        if (!outcome) uploads.put(resultKey, JSON.stringify(transcript));
      }
      end('completed');
    },
    fail(reason) {
      failure = reason;
      end('failed');
    },
  };
}
