export interface Font {
  /** The name that it's asked for by. */
  family: string;
  /** Whether it can show a code point. */
  has(codePoint: number): boolean;
}

/** Reads what a TrueType or OpenType font says of itself. Throws RangeError for what is no such font. */
export function readFont(file: Uint8Array): Font {
  const view = new DataView(file.buffer, file.byteOffset, file.byteLength);
  return { family: readFamily(view), has: readCharacters(view) };
}

/** OpenType, `name`: the English one for Windows, in UTF-16. */
function readFamily(view: DataView): string {
  const table = findTable(view, 'name');
  const [windows, english, family] = [3, 0x409, 1];
  for (let record = table + 6; record < table + 6 + view.getUint16(table + 2) * 12; record += 12) {
    const [platform, language, name] = [0, 4, 6].map((offset) => view.getUint16(record + offset));
    if (platform !== windows || language !== english || name !== family) continue;
    const start = table + view.getUint16(table + 4) + view.getUint16(record + 10);
    const units = Array.from({ length: view.getUint16(record + 8) / 2 }, (_, n) =>
      view.getUint16(start + n * 2),
    );
    return String.fromCharCode(...units);
  }
  throw new RangeError('The font has no name');
}

/** OpenType, `cmap`, in its formats 4 and 12. */
function readCharacters(view: DataView): Font['has'] {
  const table = findTable(view, 'cmap');
  const count = view.getUint16(table + 2);
  const subtables = Array.from({ length: count }, (_, n) => table + view.getUint32(table + 4 + n * 8 + 4));
  const ranges = subtables.flatMap((offset) => readRanges(view, offset));
  return (codePoint) => ranges.some(([first, last]) => codePoint >= first && codePoint <= last);
}

type CodeRange = [first: number, last: number];

function findTable(view: DataView, tag: string): number {
  const count = view.getUint16(4);
  for (let n = 0; n < count; n += 1) {
    const entry = 12 + n * 16;
    const name = String.fromCharCode(...[0, 1, 2, 3].map((byte) => view.getUint8(entry + byte)));
    if (name === tag) return view.getUint32(entry + 8);
  }
  throw new RangeError(`The font has no ${tag} table`);
}

function readRanges(view: DataView, offset: number): CodeRange[] {
  const format = view.getUint16(offset);
  if (format === 12) {
    const groups = view.getUint32(offset + 12);
    return Array.from({ length: groups }, (_, n) => {
      const group = offset + 16 + n * 12;
      return [view.getUint32(group), view.getUint32(group + 4)];
    });
  }
  if (format !== 4) return [];
  const segments = view.getUint16(offset + 6) / 2;
  const [ends, starts] = [offset + 14, offset + 16 + segments * 2];
  return Array.from(
    { length: segments },
    (_, n): CodeRange => [view.getUint16(starts + n * 2), view.getUint16(ends + n * 2)],
  ).filter(([first]) => first !== 0xffff);
}
