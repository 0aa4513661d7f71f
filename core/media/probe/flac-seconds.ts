/** How many bytes of the file's start hold its STREAMINFO. */
export const flacHeadBytes = 26;

/** The length that a FLAC file says it has, in seconds; undefined if it doesn't say (RFC 9639 §8.2). */
export function flacSeconds(head: Uint8Array): number | undefined {
  if (head.length < flacHeadBytes) return undefined;
  const packed = new DataView(head.buffer, head.byteOffset).getBigUint64(18);
  const sampleRateHz = Number(packed >> 44n);
  const samples = Number(packed & 0xf_ffff_ffffn);
  return sampleRateHz > 0 && samples > 0 ? samples / sampleRateHz : undefined;
}
