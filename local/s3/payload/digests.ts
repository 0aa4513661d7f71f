import { createHash } from 'node:crypto';
import { S3Error } from '../s3-error.ts';
import { type Checksum, checksumAlgorithmOf, createChecksum } from './checksums.ts';

/** What the sender says of the content. */
export interface Claims {
  /** Lowercase hex. */
  sha256?: string;
  md5?: Buffer;
  /** `x-amz-checksum-crc32` and its value; the value may still come while the content is read. */
  checksums: Map<string, string>;
  /** Named in `x-amz-trailer`: a checksum that must have come by the end. */
  trailer?: string;
}

export interface Digests {
  update(chunk: Uint8Array): void;
  /** Throws XAmzContentSHA256Mismatch, BadDigest, MalformedTrailerError where a claim does not hold. */
  finish(): { md5Hex: string; checksum?: Checksum };
}

/** From headers or the fields of a form, by lowercase names. Throws InvalidDigest, InvalidRequest. */
export function readClaims(fields: ReadonlyMap<string, string>): Claims {
  const checksums = new Map([...fields].filter(([name]) => checksumAlgorithmOf(name)));
  const trailer = fields.get('x-amz-trailer')?.toLowerCase();
  if (checksums.size + (trailer === undefined ? 0 : 1) > 1) {
    const message = 'Expecting a single x-amz-checksum- header. Multiple checksum Types are not allowed.';
    throw new S3Error('InvalidRequest', message);
  }
  if (trailer !== undefined && !checksumAlgorithmOf(trailer)) {
    throw new S3Error('InvalidRequest', 'The value specified in the x-amz-trailer header is not supported');
  }
  const contentMd5 = fields.get('content-md5');
  const md5 = contentMd5 === undefined ? undefined : Buffer.from(contentMd5, 'base64');
  if (md5 && md5.length !== 16)
    throw new S3Error('InvalidDigest', 'The Content-MD5 you specified was invalid.');
  return { md5, checksums, trailer };
}

export function createDigests(claims: Claims): Digests {
  const md5 = createHash('md5');
  const sha256 = claims.sha256 === undefined ? undefined : createHash('sha256');
  const [name] = claims.trailer === undefined ? claims.checksums.keys() : [claims.trailer];
  const algorithm = name === undefined ? undefined : checksumAlgorithmOf(name);
  const checksum = algorithm && createChecksum(algorithm);
  return {
    update(chunk) {
      md5.update(chunk);
      sha256?.update(chunk);
      checksum?.update(chunk);
    },
    finish() {
      if (sha256 && sha256.digest('hex') !== claims.sha256) {
        const message = "The provided 'x-amz-content-sha256' header does not match what was computed.";
        throw new S3Error('XAmzContentSHA256Mismatch', message);
      }
      const md5Digest = md5.digest();
      if (claims.md5 && !claims.md5.equals(md5Digest)) {
        throw new S3Error('BadDigest', 'The Content-MD5 you specified did not match what we received.');
      }
      const md5Hex = md5Digest.toString('hex');
      if (!checksum || !algorithm) return { md5Hex };
      const value = checksum.digest().toString('base64');
      checkClaim(name ?? '', claims, value);
      return { md5Hex, checksum: { algorithm, value } };
    },
  };
}

function checkClaim(name: string, { checksums }: Claims, computed: string): void {
  const claimed = checksums.get(name);
  if (claimed === undefined) {
    const message =
      'The request contained trailing data that was not well-formed or did not conform to our published schema.';
    throw new S3Error('MalformedTrailerError', message);
  }
  if (claimed === computed) return;
  const algorithm = name.replace('x-amz-checksum-', '').toUpperCase();
  throw new S3Error('BadDigest', `The ${algorithm} you specified did not match the calculated checksum.`);
}
