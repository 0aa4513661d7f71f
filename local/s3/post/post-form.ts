import type { IncomingMessage } from 'node:http';
import { Readable } from 'node:stream';
import busboy from 'busboy';
import { S3Error } from '../s3-error.ts';

/** S3's limit for all that comes before the file. */
const MAX_FIELD_BYTES = 20 * 1024;

/** A form up to its file. */
export interface PostForm {
  /** By their lowercase names. */
  fields: Map<string, string>;
  /** Without folders. */
  filename: string;
  /** Throws if the form breaks off. Fields after the file are not looked at, as in S3. */
  file: AsyncIterable<Buffer>;
}

/** Resolves as soon as the file begins. Throws MalformedPOSTRequest, MaxPostPreDataLengthExceeded, InvalidArgument. */
export function readForm(incoming: IncomingMessage): Promise<PostForm> {
  return new Promise((resolve, reject) => {
    const parser = openParser(incoming);
    const fields = new Map<string, string>();
    let fieldBytes = 0;
    const closed = new Promise<void>((close, fail) => {
      parser.once('close', close);
      parser.once('error', () => fail(malformed()));
    });
    closed.then(() => reject(noFile()), reject);
    parser.on('error', () => {}); // there may be a second one, of nobody's interest

    const fieldsSentAsFiles: Promise<void>[] = [];
    const addField = (name: string, value: string) => {
      fieldBytes += Buffer.byteLength(name) + Buffer.byteLength(value);
      if (fieldBytes > MAX_FIELD_BYTES) reject(tooMuch());
      else fields.set(name.toLowerCase(), value);
    };
    let fileSeen = false;
    const beginFile = (filename: string, content: AsyncIterable<Buffer>) => {
      fileSeen = true;
      const form = { fields, filename, file: whole(content, closed) };
      Promise.all(fieldsSentAsFiles).then(() => resolve(form), reject); // before the policy is judged
    };

    parser.on('field', (name, value, { valueTruncated }) => {
      if (fileSeen) return;
      if (valueTruncated) reject(tooMuch());
      else if (name === 'file') beginFile('', Readable.from([Buffer.from(value)]));
      else addField(name, value);
    });
    parser.on('file', (name, stream, { filename }) => {
      stream.on('error', () => {}); // whoever reads it sees it, but perhaps nobody does
      if (fileSeen) {
        stream.resume();
      } else if (name === 'file') {
        beginFile(filename ?? '', stream);
      } else {
        const added = readField(stream).then((value) => addField(name, value));
        added.catch(reject);
        fieldsSentAsFiles.push(added);
      }
    });
    // `pipe` tells the parser of the end, but not of a client that went away.
    incoming.once('close', () => {
      if (!incoming.complete) parser.destroy(new Error('the client went away'));
    });
    incoming.pipe(parser);
  });
}

function openParser(incoming: IncomingMessage) {
  try {
    return busboy({
      headers: incoming.headers,
      defParamCharset: 'utf8',
      limits: { fieldSize: MAX_FIELD_BYTES },
    });
  } catch {
    throw malformed();
  }
}

/** The content of the file, and no end before that of the form. */
async function* whole(content: AsyncIterable<Buffer>, closed: Promise<void>): AsyncGenerator<Buffer> {
  try {
    yield* content;
  } catch {
    throw malformed();
  }
  await closed;
}

/** A field that some clients send as if it were a file. */
async function readField(stream: Readable): Promise<string> {
  let text = '';
  for await (const chunk of stream.setEncoding('utf8')) {
    text += chunk;
    if (text.length > MAX_FIELD_BYTES) throw tooMuch();
  }
  return text;
}

function malformed(): S3Error {
  const message = 'The body of your POST request is not well-formed multipart/form-data.';
  return new S3Error('MalformedPOSTRequest', message);
}

function tooMuch(): S3Error {
  const message = 'Your POST request fields preceding the upload file were too large.';
  return new S3Error('MaxPostPreDataLengthExceeded', message);
}

function noFile(): S3Error {
  const details = { ArgumentName: 'file', ArgumentValue: 0 };
  return new S3Error('InvalidArgument', 'POST requires exactly one file upload per request.', details);
}
