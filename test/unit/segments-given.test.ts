import { describe, expect, it } from '@jest/globals';
import { SegmentOutOfRange } from '../../core/failures.ts';
import { givenSegments } from '../../core/segments/given-segments.ts';
import { spreadSegments } from '../../core/segments/spread-segments.ts';

describe('givenSegments', () => {
  it('keeps what was given, in the order given, even where segments overlap', () => {
    const given = [
      { startSeconds: 20, endSeconds: 30, title: 'The punchline', reason: 'Everybody laughs.' },
      { startSeconds: 5, endSeconds: 25.5, title: 'The joke', reason: 'It leads there.' },
    ];

    expect(givenSegments(given, 42)).toEqual(given);
  });

  it('names those that have no title, and says who asked for them', () => {
    const segments = givenSegments(
      [
        { startSeconds: 0, endSeconds: 5 },
        { startSeconds: 5, endSeconds: 10, title: '' },
      ],
      42,
    );

    expect(segments.map(({ title }) => title)).toEqual(['Segment 1', 'Segment 2']);
    expect(segments[0]!.reason).toBe('Asked for by you.');
  });

  it('clamps a segment to the recording', () => {
    const [segment] = givenSegments([{ startSeconds: -3, endSeconds: 99 }], 42.4567);

    expect(segment).toMatchObject({ startSeconds: 0, endSeconds: 42.456 });
  });

  it('renders a segment of which one second is left', () => {
    const [segment] = givenSegments([{ startSeconds: 41.1, endSeconds: 60 }], 42.1);

    expect(segment).toMatchObject({ startSeconds: 41.1, endSeconds: 42.1 });
  });

  it.each([
    ['past the end', { startSeconds: 50, endSeconds: 60 }],
    ['all but past the end', { startSeconds: 41.5, endSeconds: 60 }],
    ['reversed', { startSeconds: 20, endSeconds: 10 }],
    ['no number', { startSeconds: Number.NaN, endSeconds: 10 }],
  ])('refuses one that is %s, and names it', (_, bad) => {
    const give = () =>
      givenSegments(
        [
          { startSeconds: 0, endSeconds: 10 },
          { ...bad, title: 'Finale' },
        ],
        42,
      );

    expect(give).toThrow(SegmentOutOfRange);
    expect(give).toThrow(/^Segment 2 \(“Finale”\), from .* less than 1 s to render: .* 42 s long\.$/);
  });
});

describe('spreadSegments', () => {
  it('puts each segment into the middle of its share', () => {
    const segments = spreadSegments({ numSegments: 4, minDurationSeconds: 5, maxDurationSeconds: 10 }, 400);

    expect(segments.map(({ startSeconds }) => startSeconds)).toEqual([45, 145, 245, 345]);
    expect(segments.map(({ endSeconds }) => endSeconds)).toEqual([55, 155, 255, 355]);
    expect(segments[1]!.title).toBe('2:25, part 2 of 4');
  });

  it('begins with the scene that is nearest to there, within its share', () => {
    const scenes = [3, 40, 92, 139, 150, 290, 300, 399];

    const segments = spreadSegments(
      { numSegments: 4, minDurationSeconds: 5, maxDurationSeconds: 10 },
      400,
      scenes,
    );

    expect(segments.map(({ startSeconds }) => startSeconds)).toEqual([40, 150, 290, 300]);
    expect(segments.map(({ endSeconds }) => endSeconds)).toEqual([50, 160, 300, 310]);
    expect(segments[0]!.reason).toBe(
      'Evenly spread, and begins with a new scene: the recording has no sound to choose by.',
    );
  });

  it('stays in the middle where no scene begins in its share', () => {
    const segments = spreadSegments(
      { numSegments: 2, minDurationSeconds: 5, maxDurationSeconds: 10 },
      100,
      [12, 95],
    );

    expect(segments.map(({ startSeconds }) => startSeconds)).toEqual([12, 70]);
    expect(segments[1]!.reason).toBe('Evenly spread: the recording has no sound to choose by.');
  });
});
