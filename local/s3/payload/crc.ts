/** Takes bytes in pieces. */
export interface Digest {
  update(chunk: Uint8Array): void;
  /** Big-endian. */
  digest(): Buffer;
}

// Bits reflected, all ones before and after, as with all CRCs of S3.
const CRC32C_POLYNOMIAL = 0x82f63b78;
const CRC64NVME_POLYNOMIAL = { high: 0x9a6c9329, low: 0xac4bc9b5 };

const crc32cTable = Uint32Array.from({ length: 256 }, (_, byte) => {
  let remainder = byte;
  for (let bit = 0; bit < 8; bit++) remainder = (remainder >>> 1) ^ (remainder & 1 ? CRC32C_POLYNOMIAL : 0);
  return remainder;
});

// 64 bits as two halves: BigInt would take a hundred times as long.
const crc64HighTable = new Uint32Array(256);
const crc64LowTable = new Uint32Array(256);
for (let byte = 0; byte < 256; byte++) {
  let [high, low] = [0, byte];
  for (let bit = 0; bit < 8; bit++) {
    const carry = low & 1;
    low = (low >>> 1) | (high << 31);
    high >>>= 1;
    if (carry) {
      high ^= CRC64NVME_POLYNOMIAL.high;
      low ^= CRC64NVME_POLYNOMIAL.low;
    }
  }
  crc64HighTable[byte] = high;
  crc64LowTable[byte] = low;
}

export function createCrc32c(): Digest {
  let remainder = ~0;
  return {
    update(chunk) {
      let next = remainder;
      for (let index = 0; index < chunk.length; index++) {
        next = (next >>> 8) ^ crc32cTable[(next ^ chunk[index]!) & 0xff]!;
      }
      remainder = next;
    },
    digest() {
      const bytes = Buffer.alloc(4);
      bytes.writeInt32BE(~remainder);
      return bytes;
    },
  };
}

export function createCrc64nvme(): Digest {
  let [high, low] = [~0, ~0];
  return {
    update(chunk) {
      for (let index = 0; index < chunk.length; index++) {
        const entry = (low ^ chunk[index]!) & 0xff;
        low = ((low >>> 8) | (high << 24)) ^ crc64LowTable[entry]!;
        high = (high >>> 8) ^ crc64HighTable[entry]!;
      }
    },
    digest() {
      const bytes = Buffer.alloc(8);
      bytes.writeInt32BE(~high, 0);
      bytes.writeInt32BE(~low, 4);
      return bytes;
    },
  };
}
