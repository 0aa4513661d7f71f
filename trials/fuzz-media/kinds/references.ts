import type { Spoil } from '../hostile-file.ts';
import { box, boxesAt, replaceBox, words } from './boxes.ts';

/** Recordings whose data, says their index, lies in another file (QuickTime File Format, "Data reference atoms"). */
export const references: Record<string, Spoil> = {
  external_data: (ground, random) => {
    const { mediaUrl, mediaPath } = ground.bait;
    const url = box('url ', words(0), `${random.oneOf([mediaUrl, `file://${mediaPath}`, mediaPath])}\0`);
    const alias = aliasEntry(mediaPath, random.chance(0.5));
    return withData(ground.base(random.oneOf(['mp4', 'mov'])), random.oneOf([url, alias]));
  },
  external_sound: (ground) => withData(ground.base('sound.mov'), aliasEntry(ground.bait.soundPath, true)),
  reference_movie: ({ bait }, random) => {
    const url = random.oneOf([bait.mediaUrl, `file://${bait.mediaPath}`, bait.mediaPath]);
    const reference = box('rdrf', words(0), 'url ', words(url.length + 1), `${url}\0`);
    return Buffer.concat([
      box('ftyp', 'qt  ', words(512), 'qt  '),
      box('moov', box('rmra', box('rmda', reference))),
    ]);
  },
  reference_beside_tracks: (ground) => {
    const bytes = ground.base('mov');
    const [moov] = boxesAt(bytes, 'moov');
    const url = ground.bait.mediaUrl;
    const reference = box(
      'rmra',
      box('rmda', box('rdrf', words(0), 'url ', words(url.length + 1), `${url}\0`)),
    );
    const index = bytes.subarray(moov! + 8, moov! + bytes.readUInt32BE(moov!));
    return Buffer.concat([bytes.subarray(0, moov), box('moov', index, reference)]);
  },
};

function withData(bytes: Buffer, entry: Buffer): Buffer {
  const references = box('dref', words(0, 1), entry);
  return replaceBox(bytes, ['moov', 'trak', 'mdia', 'minf', 'dinf', 'dref'], references);
}

/** A Macintosh alias record, as ffmpeg reads it: the path of a file, or levels up and down from this one. */
function aliasEntry(path: string, isAbsolute: boolean): Buffer {
  const levels = Buffer.from(isAbsolute ? '00000000' : '00010001', 'hex');
  const name = path.split('/').at(-1)!;
  const volume = Buffer.alloc(28);
  const filename = Buffer.alloc(64);
  filename.writeUInt8(name.length, 0);
  filename.write(name, 1, 'latin1');
  const target = Buffer.alloc(4 + path.length + (path.length % 2));
  target.writeUInt16BE(2, 0);
  target.writeUInt16BE(path.length, 2);
  target.write(path, 4, 'latin1');
  return box(
    'alis',
    words(0),
    ...[Buffer.alloc(10), volume, Buffer.alloc(12), filename, Buffer.alloc(16), levels],
    ...[Buffer.alloc(16), target, Buffer.from('ffff0000', 'hex')],
  );
}
