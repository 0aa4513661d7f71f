import { createReadStream, createWriteStream } from 'node:fs';
import { open } from 'node:fs/promises';
import { pipeline } from 'node:stream/promises';

/** Bytes [start, end) of a file that ffmpeg wrote as MPEG transport stream (ITU-T H.222.0), with one track. */
export interface Stretch {
  path: string;
  start: number;
  end: number;
}

const packetBytes = 188;

/** ffmpeg's muxer gives this to its first track. */
const trackId = 0x100;

/** Where each picture begins, in bytes, in the stream's order; the tables that tell of the track stand before the first. */
export async function findPictures(whole: Stretch, signal: AbortSignal): Promise<number[]> {
  const offsets: number[] = [];
  let offset = whole.start;
  for await (const packets of packetsOf(whole, signal)) {
    for (let at = 0; at < packets.length; at += packetBytes) {
      if (idOf(packets, at) === trackId && beginsPicture(packets, at)) offsets.push(offset + at);
    }
    offset += packets.length;
  }
  return offsets;
}

/** Puts stretches one after another into a file. Their packets are counted anew: a gap would be taken for a loss. */
export async function splice(parts: readonly Stretch[], path: string, signal: AbortSignal): Promise<void> {
  const counters = new Map<number, number>();
  async function* counted() {
    for (const part of parts) {
      for await (const packets of packetsOf(part, signal)) {
        for (let at = 0; at < packets.length; at += packetBytes) count(packets, at, counters);
        yield packets;
      }
    }
  }
  await pipeline(counted, createWriteStream(path), { signal });
}

export interface PictureStart {
  /** All after it can be decoded without any picture before it. */
  isIdr: boolean;
  /** What it says of the size and kind of those after it (its sequence parameter sets), to compare; empty: nothing. */
  settings: string;
}

/** What comes before a picture's first slice is some hundred bytes. */
const mostStartBytes = 512 * packetBytes;

/** Reads how a picture begins, by its NAL units: ITU-T H.264, table 7-1. */
export async function readStart({ path, start, end }: Stretch): Promise<PictureStart> {
  const length = Math.min(end - start, mostStartBytes);
  await using file = await open(path);
  const { buffer, bytesRead } = await file.read(Buffer.alloc(length), 0, length, start);
  const payloads: Buffer[] = [];
  for (let at = 0; at + packetBytes <= bytesRead; at += packetBytes) {
    if (idOf(buffer, at) === trackId) payloads.push(payloadOf(buffer.subarray(at, at + packetBytes)));
  }
  const bytes = Buffer.concat(payloads);
  let settings = '';
  for (let at = bytes.indexOf(startCode); at >= 0; ) {
    const type = bytes[at + 3]! & 0x1f;
    if (type >= 1 && type <= idrSlice) return { isIdr: type === idrSlice, settings };
    const next = bytes.indexOf(startCode, at + 3);
    if (type === sequenceParameters && next >= 0) settings += bytes.toString('hex', at + 3, next);
    at = next;
  }
  return { isIdr: false, settings };
}

const startCode = Buffer.of(0, 0, 1);
const idrSlice = 5;
const sequenceParameters = 7;

async function* packetsOf({ path, start, end }: Stretch, signal: AbortSignal): AsyncGenerator<Buffer> {
  if (start >= end) return;
  let rest: Buffer = Buffer.alloc(0);
  const stream = createReadStream(path, { start, end: end - 1, highWaterMark: 4096 * packetBytes, signal });
  for await (const chunk of stream as AsyncIterable<Buffer>) {
    const bytes = rest.length > 0 ? Buffer.concat([rest, chunk]) : chunk;
    const length = bytes.length - (bytes.length % packetBytes);
    yield bytes.subarray(0, length);
    rest = bytes.subarray(length);
  }
}

function idOf(packets: Buffer, at: number): number {
  return packets.readUInt16BE(at + 1) & 0x1fff;
}

function beginsPicture(packets: Buffer, at: number): boolean {
  return (packets[at + 1]! & 0x40) !== 0;
}

/** The four lowest bits of the header count the packets of a track that have a payload. */
function count(packets: Buffer, at: number, counters: Map<number, number>): void {
  const id = idOf(packets, at);
  const header = packets[at + 3]!;
  const hasPayload = (header & 0x10) !== 0;
  const counter = ((counters.get(id) ?? 15) + (hasPayload ? 1 : 0)) & 15;
  counters.set(id, counter);
  packets[at + 3] = (header & 0xf0) | counter;
}

function payloadOf(packet: Buffer): Buffer {
  const hasAdaptation = (packet[3]! & 0x20) !== 0;
  return packet.subarray(hasAdaptation ? 5 + packet[4]! : 4);
}
