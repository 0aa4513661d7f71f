import { crc32, inflateSync } from 'node:zlib';
import { limits } from '../../limits.ts';

/** A picture that can be decoded, and nothing else of the file that it came in. */
export interface PngPicture {
  widthPixels: number;
  heightPixels: number;
  png: Uint8Array;
}

/** Why a file is no picture to draw: a sentence for who sent it. */
export class UnusablePng extends Error {
  override readonly name = 'UnusablePng';
}

const signature = [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a];
/** How many samples a pixel has, and of how many bits each may be, by the type of colour. */
const colourTypes: Record<number, { samples: number; bits: readonly number[] }> = {
  0: { samples: 1, bits: [1, 2, 4, 8, 16] },
  2: { samples: 3, bits: [8, 16] },
  3: { samples: 1, bits: [1, 2, 4, 8] },
  4: { samples: 2, bits: [8, 16] },
  6: { samples: 4, bits: [8, 16] },
};
const palette = 3;
/** The one colour that is seen through, by the type of colour; others have transparency of their own. */
const keyBytes: Record<number, number> = { 0: 2, 2: 6 };
/** Where the seven passes of an interlaced picture begin and how far they step: x, y, x, y. */
const adam7 = ['0088', '4088', '0448', '2044', '0224', '1022', '0112'].map((pass) => [...pass].map(Number));
const wholePicture = [[0, 0, 1, 1]];

/**
 * Takes a PNG apart and puts it together again of its pixels alone: no metadata, no profile, no animation, nothing
 * behind its end. What is left decodes, to as many pixels as it says.
 * PNG, third edition: https://www.w3.org/TR/png-3/
 * @throws UnusablePng
 */
export function readPng(bytes: Uint8Array): PngPicture {
  const chunks = readChunks(bytes);
  const [first] = chunks;
  if (first?.type !== 'IHDR' || first.content.length !== 13) throw damaged();
  const header = viewOf(first.content);
  const [widthPixels, heightPixels] = [header.getUint32(0), header.getUint32(4)];
  const { sidePixels } = limits.watermark;
  if (widthPixels > sidePixels || heightPixels > sidePixels) {
    const size = `This one has ${widthPixels} × ${heightPixels}.`;
    throw new UnusablePng(`At most ${sidePixels} × ${sidePixels} pixels. ${size}`);
  }

  const only = (type: string) => chunks.filter((chunk) => chunk.type === type).map(({ content }) => content);
  if (only('IHDR').length > 1) throw damaged();
  const pixels = Buffer.concat(only('IDAT'));
  checkPixels(header, pixels);
  const colourType = header.getUint8(9);
  const colours = colourType === palette ? only('PLTE') : [];
  const colourCount = (colours[0]?.length ?? 0) / 3;
  const isPalette = colours.length === 1 && colourCount >= 1 && colourCount <= 256;
  if (colourType === palette && !(isPalette && Number.isInteger(colourCount))) throw damaged();
  const isUsable = ({ length }: Uint8Array) =>
    colourType === palette ? length <= colourCount : length === keyBytes[colourType];
  return {
    widthPixels,
    heightPixels,
    png: Buffer.concat([
      Buffer.from(signature),
      chunk('IHDR', first.content),
      ...colours.map((content) => chunk('PLTE', content)),
      ...only('tRNS')
        .filter(isUsable)
        .slice(0, 1)
        .map((content) => chunk('tRNS', content)),
      chunk('IDAT', pixels),
      chunk('IEND', new Uint8Array()),
    ]),
  };
}

/** Up to the end of the picture; what follows that is no part of it. */
function readChunks(bytes: Uint8Array): { type: string; content: Uint8Array }[] {
  if (!signature.every((byte, n) => bytes[n] === byte)) throw new UnusablePng('This is not a PNG.');
  const view = viewOf(bytes);
  const chunks: { type: string; content: Uint8Array }[] = [];
  for (let at = signature.length; at + 12 <= bytes.length; ) {
    const end = at + 8 + view.getUint32(at);
    if (end + 4 > bytes.length || crc32(bytes.subarray(at + 4, end)) !== view.getUint32(end)) throw damaged();
    const type = Buffer.from(bytes.subarray(at + 4, at + 8)).toString('latin1');
    if (type === 'IEND') return chunks;
    chunks.push({ type, content: bytes.subarray(at + 8, end) });
    at = end + 4;
  }
  throw damaged();
}

/** Inflates the pixels, never to more than the header says, and looks at each row. */
function checkPixels(header: DataView, deflated: Uint8Array): void {
  const [width, height, bits, type] = [
    header.getUint32(0),
    header.getUint32(4),
    header.getUint8(8),
    header.getUint8(9),
  ];
  const colour = colourTypes[type];
  // There is one way to compress and one to filter; ffmpeg gives up on any other.
  const [compression, filtering, interlacing] = [
    header.getUint8(10),
    header.getUint8(11),
    header.getUint8(12),
  ];
  if (compression !== 0 || filtering !== 0 || interlacing > 1) throw damaged();
  if (width === 0 || height === 0 || !colour?.bits.includes(bits)) throw damaged();

  const passes = (interlacing ? adam7 : wholePicture).map(([x = 0, y = 0, stepX = 1, stepY = 1]) => {
    const [columns, rows] = [Math.ceil((width - x) / stepX), Math.ceil((height - y) / stepY)];
    // One byte before each row tells how it is filtered.
    return { rows: columns > 0 ? rows : 0, rowBytes: 1 + Math.ceil((columns * colour.samples * bits) / 8) };
  });
  const expectedBytes = passes.reduce((sum, { rows, rowBytes }) => sum + rows * rowBytes, 0);
  let pixels: Uint8Array;
  try {
    pixels = inflateSync(deflated, { maxOutputLength: expectedBytes });
  } catch {
    throw damaged();
  }
  if (pixels.length !== expectedBytes) throw damaged();
  let at = 0;
  for (const { rows, rowBytes } of passes) {
    for (let row = 0; row < rows; row++, at += rowBytes) if (pixels[at]! > 4) throw damaged();
  }
}

function chunk(type: string, content: Uint8Array): Buffer {
  const named = Buffer.concat([Buffer.from(type, 'latin1'), content]);
  const [length, checksum] = [Buffer.alloc(4), Buffer.alloc(4)];
  length.writeUInt32BE(content.length);
  checksum.writeUInt32BE(crc32(named));
  return Buffer.concat([length, named, checksum]);
}

function damaged(): UnusablePng {
  return new UnusablePng('The PNG is damaged. Save it once more as a plain PNG.');
}

function viewOf(bytes: Uint8Array): DataView {
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}
