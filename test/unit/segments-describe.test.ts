import { describe, expect, it } from '@jest/globals';
import { chooseSegments } from '../../core/segments/choose-segments.ts';
import { reasonOf, titleOf } from '../../core/segments/describe-segment.ts';
import type { Passage } from '../../core/segments/liveliness.ts';
import { aSound } from '../support/sound.ts';

const wishes = { numSegments: 1, minDurationSeconds: 15, maxDurationSeconds: 40 };

/** The one clip of ten minutes of talk with a livelier passage from 5:00 to 5:40. */
function clipOf(passage: { turnSeconds: number; otherPitchHz?: number }) {
  const passages = [{ startSeconds: 300, endSeconds: 340, gainDb: 3, ...passage }];
  return chooseSegments(wishes, aSound({ passages }), 600)[0]!;
}

/** An hour of talk, in which nothing stands out. */
const whole: Passage = {
  score: 0,
  gainDb: 0,
  seconds: 3600,
  pauseShare: 0.2,
  voiceChanges: 120,
  replies: 0,
  syllablesPerSecond: 4,
  burstShare: 0,
};
/** Half a minute of it. */
const usual: Passage = { ...whole, seconds: 30, voiceChanges: 1 };

const describePassage = (passage: Partial<Passage>) => {
  const measured = { ...usual, ...passage };
  return [titleOf(760, measured, whole), reasonOf(measured, whole, true)];
};

describe('the title and the reason of a segment', () => {
  it('tell of an exchange where two voices alternate', () => {
    const { title, reason } = clipOf({ turnSeconds: 4 });

    expect(title).toMatch(/, a lively exchange$/);
    expect(reason).toContain('Voices that answer each other');
  });

  it('tell of no exchange where the tone changes as one speaker’s may', () => {
    const { title, reason } = clipOf({ turnSeconds: 4, otherPitchHz: 135 });

    expect(title).toMatch(/, a lively passage$/);
    expect(reason).toContain('a changing tone of voice (');
  });

  it('tell of no exchange after a voice changed once and back', () => {
    const { title } = clipOf({ turnSeconds: 14 });

    expect(title).not.toContain('exchange');
  });

  it('tell of no exchange where one speaker alternates with the hum of the mains', () => {
    const passages = [{ startSeconds: 300, endSeconds: 340, gainDb: 3, turnSeconds: 4, otherPitchHz: 60 }];
    const sound = aSound({ passages });
    const pitchHz = Array.from(sound.pitchHz, (hertz) => (hertz > 0 && hertz < 80 ? 60 : hertz));

    const [segment] = chooseSegments(wishes, { ...sound, pitchHz }, 600);

    expect(segment!.title).toMatch(/, a lively passage$/);
  });

  it('make no rate of one or two events', () => {
    const [title, reason] = describePassage({ seconds: 5, voiceChanges: 2, replies: 1 });

    expect(title).toBe('12:40, an even passage');
    expect(reason).toBe('Much like the rest of the recording; begins and ends in a pause.');
  });

  it.each<[string, string, Partial<Passage>]>([
    [
      'a lively exchange',
      'Voices that answer each other and few pauses (4 % of it, 20 % of the whole recording)',
      { replies: 4, voiceChanges: 6, pauseShare: 0.04 },
    ],
    ['an outburst', 'Laughter, applause or other noise in 25 % of it', { burstShare: 0.25 }],
    [
      'a lively passage',
      'Faster speech than in most of the recording (+25 %), louder than what is around it (+4 dB) and not a single pause',
      { syllablesPerSecond: 5, gainDb: 4, pauseShare: 0 },
    ],
    ['a loud passage', 'Louder than what is around it (+4 dB)', { gainDb: 4 }],
    [
      'an animated passage',
      'A changing tone of voice (10 changes a minute, 2 in the whole recording)',
      { voiceChanges: 5 },
    ],
    ['a fast passage', 'Faster speech than in most of the recording (+25 %)', { syllablesPerSecond: 5 }],
    ['a quiet passage', 'Quieter than what is around it (−3 dB)', { gainDb: -3 }],
    ['a fluent passage', 'Few pauses (5 % of it, 20 % of the whole recording)', { pauseShare: 0.05 }],
  ])('call it %s for what was measured', (character, because, passage) => {
    const [title, reason] = describePassage(passage);

    expect(title).toBe(`12:40, ${character}`);
    expect(reason).toBe(`${because}; begins and ends in a pause.`);
  });

  it('say that a passage is silent', () => {
    expect(describePassage({ gainDb: undefined })).toEqual([
      '12:40, a silent passage',
      'Silent throughout: nothing livelier is left in this part.',
    ]);
  });
});
