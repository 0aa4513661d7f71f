import { createHash } from 'node:crypto';
import { checkSignature, hmac, type SignatureSeed } from '../../iam/signature-seed.ts';
import { S3Error } from '../s3-error.ts';
import { ByteReader } from './byte-reader.ts';

const EMPTY_SHA256 = 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855';

export interface ChunkedOptions {
  /** Given if every chunk is signed (`STREAMING-AWS4-HMAC-SHA256-…`): each continues the signature before it. */
  seed?: SignatureSeed;
  /** Called for each trailing header, by its lowercase name. */
  onTrailer(name: string, value: string): void;
}

/** The content of an `aws-chunked` body. Throws SignatureDoesNotMatch, IncompleteBody. */
export async function* decodeAwsChunked(
  source: AsyncIterable<Buffer>,
  { seed, onTrailer }: ChunkedOptions,
): AsyncGenerator<Buffer> {
  const reader = new ByteReader(source);
  const signatures = seed && chainOf(seed);
  try {
    yield* chunks(reader, signatures);
    await readTrailers(reader, signatures, onTrailer);
  } finally {
    await reader.close();
  }
}

async function* chunks(reader: ByteReader, signatures?: SignatureChain): AsyncGenerator<Buffer> {
  for (;;) {
    const { sizeBytes, signature } = parseChunkHeader(await reader.line());
    const hash = signatures && createHash('sha256');
    for await (const piece of reader.take(sizeBytes)) {
      hash?.update(piece);
      yield piece;
    }
    if (hash) signatures?.check(signature, 'PAYLOAD', `${EMPTY_SHA256}\n${hash.digest('hex')}`);
    if (sizeBytes === 0) return;
    if ((await reader.line()) !== '') throw malformed();
  }
}

async function readTrailers(
  reader: ByteReader,
  signatures: SignatureChain | undefined,
  onTrailer: ChunkedOptions['onTrailer'],
): Promise<void> {
  let unsigned = '';
  for (let line = await reader.line(); line !== ''; line = await reader.line()) {
    const [name = '', value = ''] = line.split(/:(.*)/s).map((text) => text.trim());
    if (name.toLowerCase() === 'x-amz-trailer-signature') {
      signatures?.check(value, 'TRAILER', createHash('sha256').update(unsigned).digest('hex'));
      unsigned = '';
    } else {
      unsigned += `${name.toLowerCase()}:${value}\n`;
      onTrailer(name.toLowerCase(), value);
    }
  }
  // Whoever signs the chunks signs the trailers too; an unsigned one could have been added on the way.
  if (signatures && unsigned !== '') throw malformed();
}

type SignatureChain = ReturnType<typeof chainOf>;

/** Each signature continues the one before, so that no chunk can be left out, added or moved. */
function chainOf(seed: SignatureSeed) {
  let previous = seed.signature;
  return {
    check(given: string | undefined, kind: 'PAYLOAD' | 'TRAILER', hashes: string) {
      const toSign = [`AWS4-HMAC-SHA256-${kind}`, seed.timestamp, seed.scope, previous, hashes].join('\n');
      const expected = hmac(seed.signingKey, toSign).toString('hex');
      checkSignature(given ?? '', expected);
      previous = expected;
    },
  };
}

function parseChunkHeader(line: string): { sizeBytes: number; signature?: string } {
  const match = /^([0-9a-f]{1,12})(?:;chunk-signature=([0-9a-f]{64}))?$/i.exec(line);
  if (!match) throw malformed();
  return { sizeBytes: Number.parseInt(match[1]!, 16), signature: match[2] };
}

function malformed(): S3Error {
  return new S3Error('InvalidRequest', 'The aws-chunked body is malformed.');
}
