import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { readCaptions } from '../../cli/upload/read-captions.ts';
import { temporaryFolders } from '../support/temporary-folder.ts';

const newFolder = temporaryFolders();
const srt = '1\n00:00:01,000 --> 00:00:02,000\nGrüße, naïve café\n';

function aFile(name: string, content: string | Uint8Array): string {
  const path = join(newFolder(), name);
  writeFileSync(path, content);
  return path;
}

describe('a file of captions', () => {
  it.each([
    ['UTF-8', Buffer.from(srt)],
    ['UTF-8 with a mark', Buffer.from(`\uFEFF${srt}`)],
    ['UTF-16, the low byte first', Buffer.from(`\uFEFF${srt}`, 'utf16le')],
    ['UTF-16, the high byte first', Buffer.from(`\uFEFF${srt}`, 'utf16le').swap16()],
    ['what old Windows wrote', Buffer.from(srt, 'latin1')],
  ])('in %s is read as it was meant', async (_encoding, bytes) => {
    expect(await readCaptions(aFile('talk.SRT', bytes))).toEqual({ format: 'srt', text: srt });
  });

  it('is told by its name', async () => {
    expect((await readCaptions(aFile('talk.vtt', 'WEBVTT\n'))).format).toBe('vtt');
    await expect(readCaptions(aFile('talk.txt', srt))).rejects.toThrow(/\.srt or \.vtt, not talk\.txt/);
  });

  it('larger than the service takes is refused before anything goes up', async () => {
    await expect(readCaptions(aFile('talk.srt', Buffer.alloc(1_000_001, 'a')))).rejects.toThrow(/at most/);
  });

  it('that is not there is told of by its path', async () => {
    await expect(readCaptions(join(newFolder(), 'none.srt'))).rejects.toThrow(
      /^There is no file .*none\.srt\.$/,
    );
  });
});
