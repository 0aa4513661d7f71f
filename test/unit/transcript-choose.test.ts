import { describe, expect, it } from '@jest/globals';
import { cutsSpeech, usablePauses } from '../../core/segments/pauses.ts';
import type { Segment } from '../../core/segments/types.ts';
import { chooseByTranscript } from '../../core/transcript/choose-by-transcript.ts';
import type { readMoments } from '../../core/transcript/read-moments.ts';
import { aSound } from '../support/sound.ts';
import { aMoment, aTranscript } from '../support/transcripts.ts';

const durationSeconds = 300;
const sentences = aTranscript(60);
const sound = aSound({ durationSeconds });
const wishes = { numSegments: 3, minDurationSeconds: 10, maxDurationSeconds: 30 };
const choose = (moments: ReturnType<typeof readMoments>, strictly = false, asked = wishes) =>
  chooseByTranscript(moments, sentences, asked, sound, durationSeconds, { strictly });
const times = (segments: Segment[]) =>
  segments.map(({ startSeconds, endSeconds }) => [startSeconds, endSeconds]);

describe('segments by what is said', () => {
  it('are the moments, from the pause before them to the pause behind, in order of time', () => {
    const segments = choose([aMoment(41, 44), aMoment(3, 5, { title: 'The point' }), aMoment(20, 24)]);

    expect(times(segments)).toEqual([
      [9.25, 24.25],
      [94.25, 119.25],
      [199.25, 219.25],
    ]);
    expect(segments[0]).toMatchObject({ title: 'The point', description: 'What is said', score: 0.5 });
  });

  it('are the best of more moments than were asked, and never two that overlap', () => {
    const segments = choose([
      aMoment(1, 4, { score: 0.2 }),
      aMoment(10, 14, { score: 0.9 }),
      aMoment(12, 16, { score: 0.8 }),
      aMoment(30, 34, { score: 0.6 }),
      aMoment(50, 54, { score: 0.7 }),
    ]);

    expect(segments.map(({ score }) => score)).toEqual([0.9, 0.6, 0.7]);
  });

  it('take in whole sentences until they are long enough, and leave out the last ones until they are short enough', () => {
    const segments = choose([aMoment(10, 10), aMoment(30, 45)]);

    expect(times(segments)).toEqual(
      expect.arrayContaining([
        [44.25, 54.25],
        [144.25, 174.25],
      ]),
    );
  });

  it('end in a pause also where one sentence is longer than any clip may be', () => {
    const endless = [{ number: 1, startMs: 0, endMs: 300_000, text: 'And so on and on' }];

    const [segment] = chooseByTranscript(
      [aMoment(1, 1)],
      endless,
      { ...wishes, numSegments: 1 },
      sound,
      300,
      {
        strictly: true,
      },
    );

    expect(segment!.endSeconds - segment!.startSeconds).toBeGreaterThanOrEqual(10);
    expect(segment!.endSeconds - segment!.startSeconds).toBeLessThanOrEqual(30);
    expect(cutsSpeech(usablePauses(sound.silences, 300_000), segment!.endSeconds * 1000, 300_000)).toBe(
      false,
    );
  });

  it('are made up to the number asked by the sound, but not where a criterion was given', () => {
    const moments = [aMoment(20, 24)];

    expect(choose(moments)).toHaveLength(3);
    expect(choose(moments).filter(({ title }) => title === 'A title')).toHaveLength(1);
    expect(choose(moments, true)).toHaveLength(1);
  });
});
