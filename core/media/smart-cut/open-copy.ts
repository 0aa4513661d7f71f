import { stat } from 'node:fs/promises';
import { findPictures, type Stretch } from './transport-stream.ts';
import { Uncuttable } from './uncuttable.ts';

/** A span of the source's packets in a file of ours. */
export interface Copy {
  /** What tells a reader of any of its packets what they are. */
  tables: Stretch;
  /** Packets [from, to). */
  packets(from: number, to: number): Stretch;
}

/** Finds the packets, of which the file must have as many as expected. Throws Uncuttable. */
export async function openCopy(path: string, expectedPackets: number, signal: AbortSignal): Promise<Copy> {
  const whole = await wholeFile(path);
  const offsets = await findPictures(whole, signal);
  if (offsets.length !== expectedPackets) throw new Uncuttable('Not all of it could be copied');
  const offsetOf = (packet: number) => offsets[packet] ?? whole.end;
  return {
    tables: { ...whole, end: offsetOf(0) },
    packets: (from, to) => ({ path, start: offsetOf(from), end: offsetOf(to) }),
  };
}

export async function wholeFile(path: string): Promise<Stretch> {
  return { path, start: 0, end: (await stat(path)).size };
}
