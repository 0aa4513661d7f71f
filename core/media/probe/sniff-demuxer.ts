/** How many bytes of the file's start are needed to know it. */
export const headBytes = 4096;

type Demuxer = (typeof demuxers)[number];

/** ffmpeg's names of the containers that we take; every other one is closed to it. */
export const demuxers = [
  'mov',
  'matroska',
  'avi',
  'mpeg',
  'mpegts',
  'flv',
  'asf',
  'ogg',
  'mp3',
  'wav',
  'aac',
  'flac',
  'aiff',
] as const;

/**
 * Which of ffmpeg's demuxers a file is for, from its first bytes; undefined if it is no recording that we
 * know. ffmpeg's own guess is not asked: it also knows playlists and scripts, which name other files.
 */
export function sniffDemuxer(head: Uint8Array): Demuxer | undefined {
  const text = Buffer.from(head.buffer, head.byteOffset, head.byteLength).toString('latin1');
  const at = (offset: number, ...words: string[]) => words.some((word) => text.startsWith(word, offset));

  if (at(4, 'ftyp')) return at(8, ...stillImageBrands) ? undefined : 'mov';
  if (at(4, 'moov', 'mdat', 'wide', 'free', 'skip', 'pnot') && isBoxSize(head)) return 'mov';
  if (at(0, '\x1a\x45\xdf\xa3')) return 'matroska';
  if (at(0, 'RIFF') && at(8, 'AVI ')) return 'avi';
  if (at(0, 'RIFF', 'RF64') && at(8, 'WAVE')) return 'wav';
  if (at(0, 'FORM') && at(8, 'AIFF', 'AIFC')) return 'aiff';
  if (at(0, 'OggS')) return 'ogg';
  if (at(0, 'fLaC')) return 'flac';
  if (at(0, 'FLV\x01')) return 'flv';
  if (at(0, '\x30\x26\xb2\x75\x8e\x66\xcf\x11')) return 'asf';
  if (at(0, '\x00\x00\x01\xba')) return 'mpeg';
  if (isTransportStream(head)) return 'mpegts';
  if (at(0, 'ID3')) return 'mp3';
  if (startsWithFrames(head, adtsFrameBytes)) return 'aac';
  if (startsWithFrames(head, mp3FrameBytes)) return 'mp3';
  return undefined;
}

/** HEIC and AVIF photos are kept in the same container as videos. */
const stillImageBrands = ['heic', 'heix', 'heim', 'heis', 'mif1', 'avif'];

/** A box of at least its own header, and not absurdly large; 1 says that a 64-bit size follows. */
function isBoxSize(head: Uint8Array): boolean {
  const size = new DataView(head.buffer, head.byteOffset).getUint32(0);
  return size === 0 || size === 1 || size >= 8;
}

/** Packets of 188 bytes, or 192 with the time stamp that cameras put before each (m2ts). */
function isTransportStream(head: Uint8Array): boolean {
  return [
    { offset: 0, length: 188 },
    { offset: 4, length: 192 },
  ].some(({ offset, length }) => [0, 1, 2, 3, 4].every((n) => head[offset + n * length] === 0x47));
}

/** Two bytes of sync are found in anything; three frames, each where the one before it ends, are not. */
function startsWithFrames(
  head: Uint8Array,
  frameBytes: (head: Uint8Array, offset: number) => number,
): boolean {
  let offset = 0;
  for (let frame = 0; frame < 3; frame += 1) {
    const length = frameBytes(head, offset);
    if (length === 0) return false;
    offset += length;
  }
  return true;
}

/** Length of the ADTS frame at `offset`, or 0 if there is none (ISO/IEC 14496-3, 1.A.2). */
function adtsFrameBytes(head: Uint8Array, offset: number): number {
  const [a = 0, b = 0, , d = 0, e = 0, f = 0] = head.subarray(offset, offset + 6);
  if (a !== 0xff || (b & 0xf6) !== 0xf0) return 0;
  const length = ((d & 3) << 11) | (e << 3) | (f >> 5);
  return length > 7 ? length : 0;
}

/** Length of the MPEG audio frame at `offset`, or 0 if there is none (ISO/IEC 11172-3, 2.4.1.3). */
function mp3FrameBytes(head: Uint8Array, offset: number): number {
  const [a = 0, b = 0, c = 0] = head.subarray(offset, offset + 3);
  const isLayer3 = a === 0xff && (b & 0xe6) === 0xe2;
  const version = (b >> 3) & 3;
  const isMpeg1 = version === 3;
  const kilobits = (isMpeg1 ? mpeg1Kilobits : mpeg2Kilobits)[c >> 4];
  const rateHz = sampleRatesHz[(c >> 2) & 3];
  if (!isLayer3 || version === 1 || !kilobits || !rateHz) return 0;
  const halvings = { 3: 1, 2: 2, 0: 4 }[version as 3 | 2 | 0];
  const samplesPerByteOfRate = isMpeg1 ? 144 : 72;
  return Math.floor((samplesPerByteOfRate * kilobits * 1000 * halvings) / rateHz) + ((c >> 1) & 1);
}

const mpeg1Kilobits = [0, 32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320];
const mpeg2Kilobits = [0, 8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160];
const sampleRatesHz = [44_100, 48_000, 32_000];
