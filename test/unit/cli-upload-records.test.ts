import { readdirSync, readFileSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { stateFolder } from '../../cli/state-folder.ts';
import { Locked, lockFile } from '../../cli/upload/lock-file.ts';
import { uploadRecord } from '../../cli/upload/upload-records.ts';
import { temporaryFolders } from '../support/temporary-folder.ts';

const newFolder = temporaryFolders();
const file = { path: 'talk.mp4', realPath: '/home/me/talk.mp4', sizeBytes: 1000, modifiedMs: 5 };
const upload = { job_id: 'job-1', upload_id: 'upload-1', s3_key: 'uploads/x/source.mp4', part_size: 500 };
const apiUrl = 'https://clips.example.com';
const longAgo = new Date(Date.now() - 30 * 24 * 3600 * 1000);
/** No process of Linux has so high an id. */
const noProcess = '999999999';

describe('the record of an upload', () => {
  it('is found again by the same file at the same service, and nowhere else', async () => {
    const folder = newFolder();
    await (await uploadRecord(folder, file, apiUrl)).save(upload);

    const same = await uploadRecord(folder, { ...file, path: '../me/talk.mp4' }, apiUrl);
    const others = await Promise.all([
      uploadRecord(folder, { ...file, sizeBytes: 1001 }, apiUrl),
      uploadRecord(folder, { ...file, modifiedMs: 6 }, apiUrl),
      uploadRecord(folder, file, 'https://other.example.com'),
    ]);

    expect(await same.load()).toEqual(upload);
    expect(await Promise.all(others.map((other) => other.load()))).toEqual([undefined, undefined, undefined]);
  });

  it('is one small private file, without any address', async () => {
    const folder = join(newFolder(), 'deep', 'state');
    await (await uploadRecord(folder, file, apiUrl)).save(upload);

    const [name, ...others] = readdirSync(folder);

    expect(others).toEqual([]);
    expect(statSync(join(folder, name!)).mode & 0o777).toBe(0o600);
    expect(readFileSync(join(folder, name!), 'utf8')).not.toContain('example.com');
  });

  it.each(['', '{', '{}', 'null', '{"job_id":1}'])('counts as none when it reads %j', async (text) => {
    const folder = newFolder();
    const record = await uploadRecord(folder, file, apiUrl);
    await record.save(upload);
    writeFileSync(join(folder, readdirSync(folder)[0]!), text);

    expect(await record.load()).toBeUndefined();
  });

  it('goes when the service has long forgotten the upload', async () => {
    const folder = newFolder();
    await (await uploadRecord(folder, file, apiUrl)).save(upload);
    utimesSync(join(folder, readdirSync(folder)[0]!), longAgo, longAgo);

    const again = await uploadRecord(folder, file, apiUrl);

    expect(await again.load()).toBeUndefined();
    expect(readdirSync(folder)).toEqual([]);
  });
});

describe('the lock of an upload', () => {
  it('is had by one at a time, and can be given back', async () => {
    const path = join(newFolder(), 'lock');

    const release = await lockFile(path);
    await expect(lockFile(path)).rejects.toThrow(new Locked(`process ${process.pid}`));
    await release();
    const releaseAgain = await lockFile(path);

    await releaseAgain();
  });

  it.each([
    ['that was killed', noProcess, new Date()],
    ['whose id is another process’s by now', `${process.pid}`, longAgo],
  ])('is taken over from a holder %s', async (_, holder, lastSeen) => {
    const path = join(newFolder(), 'lock');
    writeFileSync(path, holder);
    utimesSync(path, lastSeen, lastSeen);

    const release = await lockFile(path);

    expect(readFileSync(path, 'utf8')).toBe(`${process.pid}`);
    await release();
  });
});

describe('stateFolder', () => {
  it('is where XDG has it, or below the home folder', () => {
    expect(stateFolder({ XDG_STATE_HOME: '/var/state' })).toBe('/var/state/clipwright');
    expect(stateFolder({ XDG_STATE_HOME: 'relative' })).toMatch(/\/\.local\/state\/clipwright$/);
    expect(stateFolder({})).toMatch(/\/\.local\/state\/clipwright$/);
  });
});
