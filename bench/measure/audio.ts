import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { createMedia } from '../../core/media/create-media.ts';
import { resolveFfmpeg } from '../../layers/ffmpeg/resolve-ffmpeg.ts';
import { fileSource } from '../../test/support/file-source.ts';
import { noteCommands } from '../by-hand.ts';
import { runInTurn } from '../commands.ts';
import type { Measurement } from '../measurement.ts';
import { createReadings } from '../readings.ts';
import { storeSource } from '../stored-source.ts';
import { secondsOf, sideBySide } from '../timed.ts';

const minutes = 30;

/**
 * Taking the sound out of a recording in a bucket, and hearing it: the source is read once for both. `npm run bench` gives
 * Node.js the options that `extract-audio` has (lib/pipeline-functions.ts).
 */
export const audio: Measurement = {
  name: 'audio',
  figures: [
    {
      name: 'audio.extract',
      about: `Sound out of ${minutes} min of 1080p in a bucket`,
      unit: '× real time',
      against: 'the same ffmpeg command on a local file',
    },
    {
      name: 'audio.analyse',
      about: 'Loudness, voices, pauses of it',
      unit: '× real time',
      against: 'ffmpeg decoding it alone',
    },
    {
      name: 'audio.source_bytes',
      about: 'Bytes of the source that both read',
      unit: 'B',
      against: 'size of the source',
      goal: { of: 'ratio', is: '≤', bound: 1.02 },
    },
  ],
  async measure({ runs, folder, signal, print, longSource }) {
    const { path, sizeBytes, ...source } = longSource(minutes);
    const own = (name: string) => {
      mkdirSync(join(folder, name));
      return join(folder, name);
    };
    await using stored = await storeSource(path, own('bucket'));
    const media = createMedia(resolveFfmpeg(process.env));
    const { facts } = await media.probe(stored.source, { signal });
    print('once, to note the commands that it runs');
    const noted = await noteCommands(path, [], { folder: own('by-hand'), signal });
    const [extracting, hearing] = [noted.audio.slice(0, 1), noted.audio.slice(1)];
    const ownFolder = own('audio');

    const { readings, add } = createReadings();
    const speed = (seconds: number) => (source.minutes * 60) / seconds;
    let [extractSeconds, analyseSeconds] = [0, 0];
    await sideBySide({ runs, signal, print }, [
      async () => {
        let audioPath = '';
        extractSeconds = await secondsOf(async () => {
          const extracted = await media.extractAudio(stored.source, facts, { folder: ownFolder, signal });
          audioPath = extracted.audioPath;
          add('audio.source_bytes', extracted.bytesRead, sizeBytes);
        });
        const sound = await fileSource(audioPath);
        analyseSeconds = await secondsOf(() => media.listen(sound, { signal }));
      },
      async () => {
        const theirs = await secondsOf(() => runInTurn(extracting, signal));
        add('audio.extract', speed(extractSeconds), speed(theirs));
        add('audio.analyse', speed(analyseSeconds), speed(await secondsOf(() => runInTurn(hearing, signal))));
      },
    ]);
    return readings;
  },
};
