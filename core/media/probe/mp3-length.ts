const id3HeaderBytes = 10;

/** Where the first frame of an MP3 file begins, after the tag with its title and cover (ID3v2.4 §3.1). */
export function firstFrameOffset(head: Uint8Array): number {
  if (Buffer.from(head.subarray(0, 3)).toString('latin1') !== 'ID3') return 0;
  const [a = 0, b = 0, c = 0, d = 0] = head.subarray(6, id3HeaderBytes);
  // Seven bits of each byte, so that no size looks like a frame.
  return id3HeaderBytes + (a << 21) + (b << 14) + (c << 7) + d;
}

/** How many bytes of the first frame may hold the encoder's note of the length. */
export const lengthNoteBytes = 256;

/**
 * Whether an MP3 says how long it is, by the note that encoders leave in its first frame. Without, ffprobe
 * guesses from the first frames' bit rate, and is wrong by half where that varies.
 */
export function hasLengthNote(firstFrame: Uint8Array): boolean {
  const text = Buffer.from(firstFrame.subarray(0, lengthNoteBytes)).toString('latin1');
  return ['Xing', 'Info', 'VBRI'].some((note) => text.includes(note));
}
