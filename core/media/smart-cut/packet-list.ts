import { readLines } from '../ffmpeg/read-lines.ts';

/** A packet of the source's video: one picture, coded. */
export interface Packet {
  /** When its picture is shown; the in point is 0. */
  shownSeconds: number;
  /** When it is to be decoded: before that, where pictures refer to later ones. */
  decodedSeconds: number;
  isKey: boolean;
  /** It brings along other settings for its decoder, or is not to be shown. */
  isSpecial: boolean;
}

/**
 * Reads what the muxer `framecrc` prints: `#tb 0: 1/15360`, and a line a packet in the file's order, `stream, dts, pts,
 * duration, size, crc`, then `F=` with flags unless it's a plain keyframe, and `S=` where it has side data.
 */
export function createPacketList() {
  const packets: Packet[] = [];
  let tickSeconds = Number.NaN;
  return {
    packets,
    read: readLines((line) => {
      const [, numerator, denominator] = /^#tb 0: (\d+)\/(\d+)/.exec(line) ?? [];
      if (denominator) tickSeconds = Number(numerator) / Number(denominator);
      if (!/^0,/.test(line)) return;
      const [, dts, pts, , , , ...more] = line.split(',').map((field) => field.trim());
      const flags = more.find((field) => field.startsWith('F='))?.slice(2);
      packets.push({
        shownSeconds: Number(pts) * tickSeconds,
        decodedSeconds: Number(dts) * tickSeconds,
        isKey: flags === undefined || (Number(flags) & 1) === 1,
        isSpecial: (flags !== undefined && Number(flags) > 1) || more.some((field) => field.startsWith('S=')),
      });
    }),
  };
}
