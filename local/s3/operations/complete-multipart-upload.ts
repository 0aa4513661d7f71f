import { createHash } from 'node:crypto';
import { answerXml } from '../http/answer.ts';
import { type Call, originOf } from '../http/call.ts';
import { unquote, writePrecondition } from '../http/conditions.ts';
import { childTexts, malformedXml, parseXml } from '../http/parse-xml.ts';
import { headerText } from '../http/s3-request.ts';
import { openBody, readText } from '../payload/body.ts';
import { checksumAlgorithms } from '../payload/checksums.ts';
import { S3Error } from '../s3-error.ts';
import type { Part } from '../storage/uploads.ts';
import { MAX_PARTS, uploadOf } from './multipart-upload.ts';
import { allowWrite } from './put-object.ts';

const MIN_PART_BYTES = 5 * 1024 * 1024;
/** Ten thousand parts, each with a checksum. */
const MAX_BODY_BYTES = 4 * 1024 * 1024;

interface ListedPart {
  number: number;
  etag: string;
  /** By algorithm, in base64. */
  checksums: Map<string, string>;
}

/** The parts become the object as they lie; nothing is copied. */
export async function completeMultipartUpload(call: Call): Promise<void> {
  const { bucket, key, service, response } = call;
  allowWrite(call);
  const precondition = writePrecondition(call);
  const upload = uploadOf(call);
  const listed = parseComplete(await readText(openBody(call, call.signature), MAX_BODY_BYTES));

  let etag = '';
  await bucket.uploads.end(upload, async (uploaded) => {
    const parts = chooseParts(listed, uploaded);
    checkPartSizes(parts);
    const sizeBytes = parts.reduce((sum, { blob }) => sum + blob.sizeBytes, 0);
    checkSize(call, sizeBytes);
    etag = etagOf(parts);
    const blobs = parts.map(({ blob }) => blob);
    bucket.blobs.hold(blobs);
    await bucket.objects.put(
      { key, sizeBytes, etag, lastModifiedMs: service.clock(), blobs, ...upload.description },
      originOf(call, 'CompleteMultipartUpload'),
      precondition,
    );
  });
  answerXml(response, 'CompleteMultipartUploadResult', {
    Location: `http://${call.incoming.headers.host}${call.rawPath}`,
    Bucket: bucket.name,
    Key: key,
    ETag: `"${etag}"`,
  });
}

/** Throws InvalidPart. */
function chooseParts(listed: ListedPart[], uploaded: Part[]): Part[] {
  const byNumber = new Map(uploaded.map((part) => [part.number, part]));
  return listed.map(({ number, etag, checksums }) => {
    const part = byNumber.get(number);
    const claimed = part?.checksum && checksums.get(part.checksum.algorithm);
    if (part?.etag === etag && (claimed === undefined || claimed === part.checksum?.value)) return part;
    throw new S3Error(
      'InvalidPart',
      "One or more of the specified parts could not be found.  The part may not have been uploaded, or the specified entity tag may not match the part's entity tag.",
      { PartNumber: number, ETag: etag },
    );
  });
}

/** Throws EntityTooSmall, if it is not the last part that is small. */
function checkPartSizes(parts: Part[]): void {
  const small = parts.slice(0, -1).find(({ blob }) => blob.sizeBytes < MIN_PART_BYTES);
  if (!small) return;
  throw new S3Error('EntityTooSmall', 'Your proposed upload is smaller than the minimum allowed size', {
    ProposedSize: small.blob.sizeBytes,
    MinSizeAllowed: MIN_PART_BYTES,
    PartNumber: small.number,
    ETag: small.etag,
  });
}

function checkSize(call: Call, sizeBytes: number): void {
  const expected = headerText(call, 'x-amz-mp-object-size');
  if (expected === undefined || Number(expected) === sizeBytes) return;
  const message = 'The provided x-amz-mp-object-size header value does not match what was computed.';
  throw new S3Error('InvalidRequest', message);
}

/** The MD5 of the parts' MD5s, and how many they are. */
function etagOf(parts: Part[]): string {
  const md5 = createHash('md5');
  for (const { etag } of parts) md5.update(etag, 'hex');
  return `${md5.digest('hex')}-${parts.length}`;
}

function parseComplete(document: string): ListedPart[] {
  const root = parseXml(document);
  const listed = root.children.map((child) => {
    if (child.name !== 'Part') throw malformedXml();
    const texts = childTexts(child, ['PartNumber', 'ETag', ...checksumAlgorithms.map(elementName)]);
    const [number, etag] = [Number(texts.get('PartNumber')), texts.get('ETag')];
    if (!Number.isInteger(number) || number < 1 || number > MAX_PARTS || !etag) throw malformedXml();
    const checksums = checksumAlgorithms.flatMap((algorithm) => {
      const value = texts.get(elementName(algorithm));
      return value === undefined ? [] : [[algorithm, value] as const];
    });
    return { number, etag: unquote(etag), checksums: new Map<string, string>(checksums) };
  });
  if (root.name !== 'CompleteMultipartUpload' || listed.length === 0) throw malformedXml();
  if (listed.some(({ number }, index) => index > 0 && number <= listed[index - 1]!.number)) {
    const message =
      'The list of parts was not in ascending order. The parts list must be specified in order by part number.';
    throw new S3Error('InvalidPartOrder', message);
  }
  return listed;
}

/** `ChecksumCRC32` */
function elementName(algorithm: string): string {
  return `Checksum${algorithm.toUpperCase()}`;
}
