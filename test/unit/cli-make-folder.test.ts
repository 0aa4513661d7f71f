import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { BadUsage } from '../../cli/bad-usage.ts';
import { makeFolder } from '../../cli/download/make-folder.ts';
import { temporaryFolders } from '../support/temporary-folder.ts';

const newFolder = temporaryFolders();

describe('the folder of --download', () => {
  it('is made with those above it, and may be there', async () => {
    const path = join(newFolder(), 'talks', 'clips');

    await makeFolder(path);
    await makeFolder(path);

    expect(existsSync(path)).toBe(true);
  });

  it.each(['', 'deeper'])('is no file, nor %j below one', async (below) => {
    const file = join(newFolder(), 'notes.txt');
    writeFileSync(file, '');

    const made = makeFolder(join(file, below), '--out');

    await expect(made).rejects.toThrow(BadUsage);
    await expect(made).rejects.toThrow('--out takes a folder');
  });
});
