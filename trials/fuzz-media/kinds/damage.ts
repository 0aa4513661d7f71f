import type { Random } from '../../../eval/synthesis/random.ts';
import type { Ground, Spoil } from '../hostile-file.ts';

/** What happens to files by accident: on the way, on a disk, in a recorder whose battery died. */
export const damage: Record<string, Spoil> = {
  truncated: (ground, random) => {
    const bytes = anyBase(ground, random);
    return bytes.subarray(0, random.whole(0, bytes.length - 1));
  },
  beheaded: (ground, random) => {
    const bytes = anyBase(ground, random);
    return bytes.subarray(random.whole(1, bytes.length - 1));
  },
  bits_flipped: (ground, random) => {
    const bytes = anyBase(ground, random);
    const flips = random.oneOf([1, 10, 100, 1000, 10_000]);
    for (let n = 0; n < flips; n += 1) {
      const at = random.whole(0, bytes.length - 1);
      bytes[at] = bytes[at]! ^ (1 << random.whole(0, 7));
    }
    return bytes;
  },
  head_flipped: (ground, random) => {
    const bytes = anyBase(ground, random);
    for (let n = 0; n < 8; n += 1) bytes[random.whole(8, 600)]! ^= 1 << random.whole(0, 7);
    return bytes;
  },
  tail_flipped: (ground, random) => {
    const bytes = anyBase(ground, random);
    for (let n = 0; n < 20; n += 1) bytes[bytes.length - random.whole(1, 4000)]! ^= 1 << random.whole(0, 7);
    return bytes;
  },
  zeroed: (ground, random) => {
    const bytes = anyBase(ground, random);
    const { start, end } = anySpan(bytes, random);
    return bytes.fill(0, start, end);
  },
  doubled: (ground, random) => {
    const bytes = anyBase(ground, random);
    const { start, end } = anySpan(bytes, random);
    return Buffer.concat([bytes.subarray(0, end), bytes.subarray(start)]);
  },
  hole: (ground, random) => {
    const bytes = anyBase(ground, random);
    const { start, end } = anySpan(bytes, random);
    return Buffer.concat([bytes.subarray(0, start), bytes.subarray(end)]);
  },
  spliced: (ground, random) => {
    const [one, other] = [anyBase(ground, random), anyBase(ground, random)];
    return Buffer.concat([
      one.subarray(0, random.whole(1000, one.length)),
      other.subarray(random.whole(0, 1000)),
    ]);
  },
  shuffled: (ground, random) => {
    const bytes = anyBase(ground, random);
    const size = random.oneOf([188, 512, 4096]);
    const count = Math.floor(bytes.length / size);
    for (let n = 0; n < count / 4; n += 1) {
      const [a, b] = [random.whole(2, count - 1) * size, random.whole(2, count - 1) * size];
      const kept = Buffer.from(bytes.subarray(a, a + size));
      bytes.copyWithin(a, b, b + size);
      kept.copy(bytes, b);
    }
    return bytes;
  },
  maximal_numbers: (ground, random) => {
    const bytes = anyBase(ground, random);
    const isHead = random.chance(0.5);
    for (let n = 0; n < 4; n += 1) {
      const at = isHead ? random.whole(8, 1000) : bytes.length - random.whole(4, 3000);
      bytes.writeUInt32BE(random.oneOf([0xffffffff, 0x7fffffff, 0x80000000, 0]), Math.max(0, at));
    }
    return bytes;
  },
};

function anyBase({ base, containers }: Ground, random: Random): Buffer {
  return base(random.oneOf(containers));
}

function anySpan(bytes: Buffer, random: Random): { start: number; end: number } {
  const length = random.whole(1, Math.floor(bytes.length / random.oneOf([2, 10, 100])));
  const start = random.whole(0, bytes.length - length);
  return { start, end: start + length };
}
