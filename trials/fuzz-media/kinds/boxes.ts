/** An MP4 box (ISO/IEC 14496-12 §4.2). `sizeBytes` is what it says of itself, if that is not the truth. */
export function box(type: string, ...parts: (Buffer | string)[]): Buffer {
  const content = Buffer.concat(parts.map((part) => Buffer.from(part as string, 'latin1')));
  const head = Buffer.alloc(8);
  head.writeUInt32BE(8 + content.length, 0);
  head.write(type, 4, 'latin1');
  return Buffer.concat([head, content]);
}

/** Numbers of 32 bits, one after the other. */
export function words(...values: number[]): Buffer {
  const bytes = Buffer.alloc(4 * values.length);
  for (const [n, value] of values.entries()) bytes.writeUInt32BE(value >>> 0, 4 * n);
  return bytes;
}

/** Where each box of a type begins. It's looked for by its name: the boxes that hold it need not be known. */
export function boxesAt(bytes: Buffer, type: string): number[] {
  const found: number[] = [];
  for (let at = bytes.indexOf(type); at >= 4; at = bytes.indexOf(type, at + 4)) found.push(at - 4);
  return found;
}

/** Changes each box of a type in place: `change` gets its bytes, header included. */
export function changeBoxes(bytes: Buffer, type: string, change: (box: Buffer) => void): Buffer {
  for (const at of boxesAt(bytes, type)) change(bytes.subarray(at, at + Math.max(8, bytes.readUInt32BE(at))));
  return bytes;
}

/** Puts other boxes in place of the first of a type, and tells all that hold it of the new size. */
export function replaceBox(bytes: Buffer, path: readonly string[], content: Buffer): Buffer {
  const starts: number[] = [];
  let from = 0;
  for (const type of path) {
    const at = bytes.indexOf(type, from) - 4;
    if (at < 0) throw new Error(`There is no ${path.join('/')}.`);
    starts.push(at);
    from = at + 8;
  }
  const start = starts.pop()!;
  const oldBytes = bytes.readUInt32BE(start);
  const changed = Buffer.concat([bytes.subarray(0, start), content, bytes.subarray(start + oldBytes)]);
  for (const at of starts) changed.writeUInt32BE(bytes.readUInt32BE(at) + content.length - oldBytes, at);
  return changed;
}
