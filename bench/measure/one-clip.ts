import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { type Cut, plainLook } from '../../core/media/clip/clip-look.ts';
import { createMedia } from '../../core/media/create-media.ts';
import { resolveFfmpeg } from '../../layers/ffmpeg/resolve-ffmpeg.ts';
import { noteCommands } from '../by-hand.ts';
import { runInTurn } from '../commands.ts';
import type { Measurement } from '../measurement.ts';
import { makeOneTake } from '../one-take.ts';
import { createReadings } from '../readings.ts';
import { storeSource } from '../stored-source.ts';
import { secondsOf, sideBySide } from '../timed.ts';

const minutes = 30;
const clipSeconds = 20;
const fastClipSeconds = 30;
const frameSeconds = 1 / 30;
const against = 'its own ffmpeg commands on a local file';
const goal = { of: 'ratio', is: '≤', bound: 1.05 } as const;

/** One clip from the middle of a recording in a bucket, through range server and checks, against plain ffmpeg. */
export const oneClip: Measurement = {
  name: 'one-clip',
  figures: [
    {
      name: 'one-clip.seconds',
      about: `One clip of ${clipSeconds} s, from a bucket to MP4 and poster`,
      unit: 's',
      against,
      goal,
    },
    { name: 'one-clip.speed', about: 'One clip: render speed', unit: '× real time', against },
    {
      name: 'one-clip.first_frame',
      about: 'One clip: time to its first frame (a clip of one frame, checked)',
      unit: 's',
      against,
      goal,
    },
    {
      name: 'one-clip.smart_cut',
      about: `One clip of ${fastClipSeconds} s, cut fast: from a bucket to MP4 and poster`,
      unit: 's',
      against: 'the same clip, cut exactly: all of it encoded anew',
      // What the media lab measured for 30 s with a keyframe every 2 s: 6.6 times cheaper.
      goal: { of: 'ratio', is: '≤', bound: 0.152 },
    },
  ],
  async measure({ runs, quick, folder, signal, print, longSource }) {
    const source = longSource(minutes);
    const startSeconds = source.minutes * 30 + 0.7;
    const whole = { startSeconds, endSeconds: startSeconds + (quick ? 3 : clipSeconds) };
    const frame = { startSeconds, endSeconds: startSeconds + frameSeconds };
    const own = (name: string) => {
      mkdirSync(join(folder, name));
      return join(folder, name);
    };

    await using stored = await storeSource(source.path, own('bucket'));
    const media = createMedia(resolveFfmpeg(process.env));
    const { facts } = await media.probe(stored.source, { signal });
    print('once, to note the commands that it runs');
    const noted = await noteCommands(source.path, [whole, frame], {
      ...{ folder: own('by-hand'), signal, withAudio: false },
    });
    const [wholeByHand = [], frameByHand = []] = noted.clips;
    const [wholeFolder, frameFolder] = [own('clip'), own('frame')];
    const render = (range: typeof whole, folder: string) =>
      media.renderClip(stored.source, facts, range, { folder, signal });

    const { readings, add } = createReadings();
    let ours = { whole: 0, frame: 0 };
    await sideBySide({ runs, signal, print }, [
      async () => {
        ours = {
          whole: await secondsOf(() => render(whole, wholeFolder)),
          frame: await secondsOf(() => render(frame, frameFolder)),
        };
      },
      async () => {
        const wholeSeconds = await secondsOf(() => runInTurn(wholeByHand, signal));
        const length = whole.endSeconds - whole.startSeconds;
        add('one-clip.seconds', ours.whole, wholeSeconds);
        add('one-clip.speed', length / ours.whole, length / wholeSeconds);
        add('one-clip.first_frame', ours.frame, await secondsOf(() => runInTurn(frameByHand, signal)));
      },
    ]);

    const length = quick ? fastClipSeconds / 3 : fastClipSeconds;
    print('making a recording for the fast cut');
    const recording = makeOneTake(own('recording'), (length * 4) / 3);
    await using uncut = await storeSource(recording, own('recording-bucket'));
    const { facts: uncutFacts } = await media.probe(uncut.source, { signal });
    const cutFolder = own('cut');
    const cutIn = (cut: Cut) => {
      const range = { startSeconds: 1.3, endSeconds: 1.3 + length };
      const look = { ...plainLook, cut };
      return secondsOf(() =>
        media.renderClip(uncut.source, uncutFacts, range, { folder: cutFolder, signal, look }),
      );
    };
    let fastSeconds = 0;
    await sideBySide({ runs, signal, print }, [
      async () => {
        fastSeconds = await cutIn('fast');
      },
      async () => add('one-clip.smart_cut', fastSeconds, await cutIn('exact')),
    ]);
    return readings;
  },
};
