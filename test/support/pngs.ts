import { crc32, deflateSync } from 'node:zlib';

export interface PngWishes {
  bits?: number;
  colourType?: number;
  interlaced?: boolean;
  /** The methods' numbers; a right one has 0 for either. */
  compression?: number;
  filtering?: number;
  /** What is deflated, row by row; red where left out. */
  rows?: Uint8Array;
  /** Put between header and pixels, and behind these. */
  extra?: { before?: Buffer; after?: Buffer };
}

/** A PNG, of true colour with transparency unless told otherwise. */
export function aPng(
  width: number,
  height: number,
  {
    bits = 8,
    colourType = 6,
    interlaced = false,
    compression = 0,
    filtering = 0,
    rows,
    extra = {},
  }: PngWishes = {},
): Buffer {
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  header.set([bits, colourType, compression, filtering, interlaced ? 1 : 0], 8);
  return Buffer.concat([
    Buffer.from('\x89PNG\r\n\x1a\n', 'latin1'),
    aChunk('IHDR', header),
    extra.before ?? Buffer.alloc(0),
    aChunk('IDAT', deflateSync(rows ?? redRows(width, height))),
    aChunk('IEND'),
    extra.after ?? Buffer.alloc(0),
  ]);
}

function redRows(width: number, height: number): Buffer {
  const row = Buffer.concat([Buffer.of(0), Buffer.alloc(width * 4, Buffer.of(255, 0, 0, 255))]);
  return Buffer.concat(Array.from({ length: height }, () => row));
}

export function aChunk(type: string, content: Uint8Array = new Uint8Array()): Buffer {
  const named = Buffer.concat([Buffer.from(type, 'latin1'), content]);
  const [length, checksum] = [Buffer.alloc(4), Buffer.alloc(4)];
  length.writeUInt32BE(content.length);
  checksum.writeUInt32BE(crc32(named));
  return Buffer.concat([length, named, checksum]);
}
