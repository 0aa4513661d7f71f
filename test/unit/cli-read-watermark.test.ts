import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { readWatermark } from '../../cli/upload/read-watermark.ts';
import { aPng } from '../support/pngs.ts';
import { temporaryFolders } from '../support/temporary-folder.ts';

const newFolder = temporaryFolders();

function aFile(name: string, content: Uint8Array): string {
  const path = join(newFolder(), name);
  writeFileSync(path, content);
  return path;
}

describe('a watermark', () => {
  it('goes along as base64', async () => {
    const png = aPng(3, 2);

    expect(await readWatermark(aFile('logo.PNG', png))).toEqual({
      format: 'png',
      base64: png.toString('base64'),
    });
  });

  it('that is no PNG, too large or not there is refused before anything goes up', async () => {
    const large = Buffer.alloc(256 * 1024 + 1); // nor a PNG, but that is not what to say first

    await expect(readWatermark(aFile('logo.png', Buffer.from('GIF89a')))).rejects.toThrow(/takes a PNG/);
    await expect(readWatermark(aFile('logo.png', large))).rejects.toThrow(
      /at most 256 KiB .* has 262145 bytes/,
    );
    await expect(readWatermark(join(newFolder(), 'none.png'))).rejects.toThrow(
      /^There is no file .*none\.png\.$/,
    );
  });
});
