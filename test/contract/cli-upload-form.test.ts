import { statSync, truncateSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from '@jest/globals';
import busboy from 'busboy';
import { UploadFailed } from '../../cli/upload/upload-failed.ts';
import { uploadForm } from '../../cli/upload/upload-form.ts';
import { temporaryFolders } from '../support/temporary-folder.ts';

const path = join(import.meta.dirname, '../media/fixtures/talk.mp4');
const file = { path, sizeBytes: statSync(path).size };

const newFolder = temporaryFolders();

/** Takes forms as S3 does, and tells what came in which order. */
async function aFormServer(answer: { status: number; body?: string }) {
  const came: string[] = [];
  const server = createServer((request, response) => {
    came.push(`transfer-encoding ${request.headers['transfer-encoding']}`);
    const form = busboy({ headers: request.headers });
    form.on('field', (name, value) => came.push(`${name} = ${value}`));
    form.on('file', (name, stream) => {
      let bytes = 0;
      stream.on('data', (chunk: Buffer) => {
        bytes += chunk.length;
      });
      stream.on('end', () => came.push(`${name}: ${bytes} bytes`));
    });
    form.on('close', () => response.writeHead(answer.status).end(answer.body));
    request.pipe(form);
  });
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  stop = () => server.close();
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/bucket`, came };
}

let stop: () => void = () => undefined;
afterEach(() => stop());

describe('uploadForm', () => {
  it('sends the fields first, the file last, and its length ahead', async () => {
    const { url, came } = await aFormServer({ status: 204 });
    const sent: number[] = [];

    await uploadForm({ upload_url: url, upload_fields: { key: 'uploads/é', policy: 'abc' } }, file, {
      signal: new AbortController().signal,
      onSent: (bytes) => sent.push(bytes),
    });

    expect(came).toEqual([
      'transfer-encoding undefined',
      'key = uploads/é',
      'policy = abc',
      `file: ${file.sizeBytes} bytes`,
    ]);
    expect(sent.reduce((sum, bytes) => sum + bytes, 0)).toBe(file.sizeBytes);
  });

  it('says in S3’s words why it was refused', async () => {
    const body = '<Error><Code>AccessDenied</Code><Message>Policy expired.</Message></Error>';
    const { url } = await aFormServer({ status: 403, body });

    const upload = uploadForm({ upload_url: url, upload_fields: {} }, file, {
      signal: new AbortController().signal,
      onSent: () => undefined,
    });

    await expect(upload).rejects.toThrow(
      new UploadFailed('The upload was refused: AccessDenied, Policy expired.'),
    );
  });

  it('says that the connection broke', async () => {
    const { url } = await aFormServer({ status: 204 });
    stop();

    const upload = uploadForm({ upload_url: url, upload_fields: {} }, file, {
      signal: new AbortController().signal,
      onSent: () => undefined,
    });

    await expect(upload).rejects.toThrow(/^No connection to 127\.0\.0\.1:\d+: connect ECONNREFUSED/);
  });

  it('holds only a little of a large file in memory', async () => {
    const { url } = await aFormServer({ status: 204 });
    const large = { path: join(newFolder(), 'large.mp4'), sizeBytes: 400 * 1024 ** 2 };
    writeFileSync(large.path, '');
    truncateSync(large.path, large.sizeBytes);
    const before = process.memoryUsage.rss();
    let most = before;

    await uploadForm({ upload_url: url, upload_fields: {} }, large, {
      signal: new AbortController().signal,
      onSent: () => {
        most = Math.max(most, process.memoryUsage.rss());
      },
    });

    expect(most - before).toBeLessThan(large.sizeBytes / 2);
  });

  it('stops at once when it is interrupted', async () => {
    const { url } = await aFormServer({ status: 204 });
    const interruption = new AbortController();

    const upload = uploadForm({ upload_url: url, upload_fields: {} }, file, {
      signal: interruption.signal,
      onSent: () => interruption.abort(),
    });

    await expect(upload).rejects.toThrow('aborted');
  });
});
