import { readFileSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, jest } from '@jest/globals';
import { openLog } from '../../local/functions/function-log.ts';
import { temporaryFolders } from '../support/temporary-folder.ts';

const newFolder = temporaryFolders();
const mebibyte = 'x'.repeat(2 ** 20);

describe('the log of a function', () => {
  it('never grows beyond 5 MiB, and keeps what came before in one older file', () => {
    const path = join(newFolder(), 'tiny.log');
    const log = openLog(path);

    for (let count = 0; count < 12; count += 1) log.write(mebibyte);

    expect([statSync(path).size, statSync(`${path}.1`).size]).toEqual([2 * 2 ** 20, 5 * 2 ** 20]);
  });

  it('goes on where it was after a restart', () => {
    const path = join(newFolder(), 'logs/tiny.log');
    openLog(path).write('first\n');

    openLog(path).write('second\n');

    expect(readFileSync(path, 'utf8')).toBe('first\nsecond\n');
  });

  it('does not stop what it logs when it can not be written', () => {
    const complaints = jest.spyOn(console, 'error').mockImplementation(() => {});
    const folder = newFolder();
    const log = openLog(join(folder, 'logs/tiny.log'));
    rmSync(folder, { recursive: true });

    log.write('lost');

    expect(complaints).toHaveBeenCalledTimes(1);
    complaints.mockRestore();
  });
});
