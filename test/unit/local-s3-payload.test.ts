import { createHash } from 'node:crypto';
import { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { hmac, type SignatureSeed } from '../../local/iam/signature-seed.ts';
import { decodeAwsChunked } from '../../local/s3/payload/aws-chunked.ts';
import { type ChecksumAlgorithm, createChecksum } from '../../local/s3/payload/checksums.ts';

describe('checksums', () => {
  // The check values that the catalogue of CRC algorithms and FIPS 180 give for these inputs.
  it.each<[ChecksumAlgorithm, string, string]>([
    ['crc32', '123456789', 'cbf43926'],
    ['crc32c', '123456789', 'e3069283'],
    ['crc64nvme', '123456789', 'ae8b14860a799888'],
    ['sha1', 'abc', 'a9993e364706816aba3e25717850c26c9cd0d89d'],
    ['sha256', 'abc', 'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad'],
  ])('%s of known bytes is the known value, however they are cut', (algorithm, text, expected) => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: text.length }), (cut) => {
        const checksum = createChecksum(algorithm);

        checksum.update(Buffer.from(text.slice(0, cut)));
        checksum.update(Buffer.from(text.slice(cut)));

        expect(checksum.digest().toString('hex')).toBe(expected);
      }),
    );
  });
});

describe('an aws-chunked body', () => {
  const decode = (
    body: Buffer,
    cutBytes: number,
    options: Partial<Parameters<typeof decodeAwsChunked>[1]> = {},
  ) => {
    const pieces = Array.from({ length: Math.ceil(body.length / cutBytes) }, (_, index) =>
      body.subarray(index * cutBytes, (index + 1) * cutBytes),
    );
    return buffer(
      Readable.from(decodeAwsChunked(Readable.from(pieces), { onTrailer: () => {}, ...options })),
    );
  };

  it('decodes to what was encoded, wherever its chunks and the packets are cut', async () => {
    const chunks = fc.array(fc.uint8Array({ minLength: 1, maxLength: 40 }), { maxLength: 6 });
    await fc.assert(
      fc.asyncProperty(chunks, fc.integer({ min: 1, max: 50 }), async (parts, cutBytes) => {
        const trailers = new Map<string, string>();
        const body = Buffer.concat([
          ...parts.flatMap((part) => [
            Buffer.from(`${part.length.toString(16)}\r\n`),
            part,
            Buffer.from('\r\n'),
          ]),
          Buffer.from('0\r\nX-Amz-Checksum-Crc32: AAAA==\r\n\r\n'),
        ]);

        const decoded = await decode(body, cutBytes, {
          onTrailer: (name, value) => trailers.set(name, value),
        });

        expect(decoded).toEqual(Buffer.concat(parts));
        expect([...trailers]).toEqual([['x-amz-checksum-crc32', 'AAAA==']]);
      }),
    );
  });

  it('is refused wherever it breaks off', async () => {
    const body = Buffer.from('5\r\nhello\r\n5\r\nworld\r\n0\r\n\r\n');
    for (let end = 1; end < body.length; end++) {
      await expect(decode(body.subarray(0, end), 4)).rejects.toMatchObject({ name: 'IncompleteBody' });
    }
  });

  it.each(['x\r\nhello\r\n', '5\r\nhelloworld\r\n', '5;a=b\r\nhello\r\n', '-5\r\n', `${'0'.repeat(20_000)}`])(
    'is refused when malformed: %.12s',
    async (body) => {
      await expect(decode(Buffer.from(body), 1000)).rejects.toMatchObject({ name: 'InvalidRequest' });
    },
  );

  describe('whose chunks are signed', () => {
    // The example of the S3 API reference: 65 KiB of "a" in two chunks, and the end.
    const signingKey = ['20130524', 'us-east-1', 's3', 'aws4_request'].reduce<string | Buffer>(
      hmac,
      'AWS4wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY',
    ) as Buffer;
    const seed = {
      signature: '4f232c4386841ef735655705268965c44a0e4690baa4adea153f7db9fa80a0a9',
      timestamp: '20130524T000000Z',
      scope: '20130524/us-east-1/s3/aws4_request',
      signingKey,
    } as SignatureSeed;
    const signatures = [
      'ad80c730a21e5b8d04586a2213dd63b9a0e99e0e2307b0ade35a65485a288648',
      '0055627c9e194cb4542bae2aa5492e3c1575bbb81b612b7d234b86a503ef5497',
      'b6c6ea8a5354eaf15b3cb7646744f4275b71ea724fed81ceb9323e279d449df9',
    ];
    const chunk = (size: number, signature?: string, letter = 'a') =>
      Buffer.from(`${size.toString(16)};chunk-signature=${signature}\r\n${letter.repeat(size)}\r\n`);
    const whole = [chunk(65_536, signatures[0]), chunk(1024, signatures[1]), chunk(0, signatures[2])];

    it('is taken as signed', async () => {
      const decoded = await decode(Buffer.concat(whole), 8192, { seed });

      expect(decoded.equals(Buffer.alloc(66_560, 'a'))).toBe(true);
    });

    it.each([
      ['a chunk is changed', [whole[0]!, chunk(1024, signatures[1], 'b'), whole[2]!]],
      ['a chunk is left out', [whole[0]!, whole[2]!]],
      ['chunks change places', [whole[1]!, whole[0]!, whole[2]!]],
      ['a chunk has no signature', [Buffer.from('5\r\nhello\r\n'), whole[2]!]],
    ])('is refused when %s', async (_, chunks) => {
      const decoding = decode(Buffer.concat(chunks), 8192, { seed });

      await expect(decoding).rejects.toMatchObject({ name: 'SignatureDoesNotMatch' });
    });

    it('must have its trailers signed too', async () => {
      const body = Buffer.concat([whole[0]!, whole[1]!, chunk(0, signatures[2]).subarray(0, -2)]);
      const trailer = 'x-amz-checksum-crc32:AAAA==\n';
      const toSign = [
        'AWS4-HMAC-SHA256-TRAILER',
        seed.timestamp,
        seed.scope,
        signatures[2],
        createHash('sha256').update(trailer).digest('hex'),
      ];
      const signature = hmac(signingKey, toSign.join('\n')).toString('hex');
      const ended = (text: string) => Buffer.concat([body, Buffer.from(text)]);

      const signed = decode(
        ended(`${trailer.trim()}\r\nx-amz-trailer-signature:${signature}\r\n\r\n`),
        8192,
        { seed },
      );
      const unsigned = decode(ended(`${trailer.trim()}\r\n\r\n`), 8192, { seed });
      const changed = decode(
        ended(`x-amz-checksum-crc32:BBBB==\r\nx-amz-trailer-signature:${signature}\r\n\r\n`),
        8192,
        { seed },
      );

      await expect(signed).resolves.toHaveLength(66_560);
      await expect(unsigned).rejects.toMatchObject({ name: 'InvalidRequest' });
      await expect(changed).rejects.toMatchObject({ name: 'SignatureDoesNotMatch' });
    });
  });
});
