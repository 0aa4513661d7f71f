import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { Cue } from '../../core/media/captions/cue.ts';
import { cuesWithin } from '../../core/media/captions/cues-within.ts';
import { parseCaptions } from '../../core/media/captions/parse-captions.ts';
import { cleanText } from '../../core/media/captions/plain-text.ts';
import { writeSrt, writeVtt } from '../../core/media/captions/write-captions.ts';

const srt = `1
00:00:01,500 --> 00:00:04,000
<i>Hello</i> {\\an8}there
and again

2
01:00:05,000 --> 01:00:06,250
Tom & Jerry < 3
`;

const vtt = `\uFEFFWEBVTT - a title

STYLE
::cue { color: red }

NOTE nobody sees this

intro
00:01.500 --> 00:04.000 line:0 align:start
<v Anna>Hello <c.loud>there</c></v>
and <00:03.000>again

01:00:05.000 --> 01:00:06.250
Tom &amp; Jerry &lt; 3&nbsp;&#9731; &bogus;
`;

describe('captions that are read', () => {
  it('are cues without their markup, from SubRip', () => {
    expect(parseCaptions(srt)).toEqual([
      { startSeconds: 1.5, endSeconds: 4, text: 'Hello there\nand again' },
      { startSeconds: 3605, endSeconds: 3606.25, text: 'Tom & Jerry < 3' },
    ]);
  });

  it('are cues without their markup, from WebVTT: no styles, no notes, no settings', () => {
    expect(parseCaptions(vtt)).toEqual([
      { startSeconds: 1.5, endSeconds: 4, text: 'Hello there\nand again' },
      { startSeconds: 3605, endSeconds: 3606.25, text: 'Tom & Jerry < 3\u00A0☃ &bogus;' },
    ]);
  });

  it.each(['\r\n', '\r', '\n'])('have lines that end with %j', (end) => {
    expect(parseCaptions(srt.replaceAll('\n', end))).toEqual(parseCaptions(srt));
  });

  it('are in the order of their times, without those that end before they begin or say nothing', () => {
    const text = ['00:05.000 --> 00:06.000\nlater', '00:01.000 --> 00:02.000\nearlier'].join('\n\n');
    const useless = ['00:08.000 --> 00:07.000\nbackwards', '00:07.000 --> 00:08.000\n<b> </b>'].join('\n\n');

    expect(parseCaptions(`${text}\n\n${useless}`).map((cue) => cue.text)).toEqual(['earlier', 'later']);
  });

  it('need no number and no empty line between them, as players see it', () => {
    const text = '00:01.000 --> 00:02.000\none\n00:02.000 --> 00:03.000\ntwo';

    expect(parseCaptions(text).map((cue) => cue.text)).toEqual(['one', 'two']);
  });

  it('are none in what are no captions, whatever it is', () => {
    const pieces = [
      '-->',
      '00:00:01,000',
      '\n',
      '\r',
      '<',
      '>',
      '{\\',
      '}',
      '&#x110000;',
      '&#0;',
      '\0',
      'WEBVTT',
      '99:99:99.999',
    ];
    const text = fc
      .array(fc.oneof(fc.constantFrom(...pieces), fc.string({ unit: 'binary' })))
      .map((all) => all.join(''));

    fc.assert(
      fc.property(text, (hostile) => {
        for (const { startSeconds, endSeconds, text: shown } of parseCaptions(hostile)) {
          expect(startSeconds).toBeGreaterThanOrEqual(0);
          expect(endSeconds).toBeGreaterThan(startSeconds);
          expect(shown).not.toMatch(/^\s|\s$|\n\n|\r|\0/);
        }
      }),
    );
  });

  it('take no time to speak of, however malformed', () => {
    const hostile = ['<'.repeat(200_000), '{\\'.repeat(100_000), '1:'.repeat(100_000), '0'.repeat(200_000)];

    expect(
      hostile.map((text) => parseCaptions(`00:01.000 --> 00:02.000\n${text}\n\n${text}`).length),
    ).toEqual([1, 1, 1, 1]);
  });
});

const someCues = fc
  .array(
    fc.record({
      at: fc.integer({ min: 0, max: 90_000_000 }),
      lasts: fc.integer({ min: 1, max: 60_000 }),
      text: fc.string({ unit: 'grapheme', minLength: 1, maxLength: 60 }).map(cleanText),
    }),
    { maxLength: 8 },
  )
  .map((all) =>
    all
      .filter(({ text }) => text !== '')
      .sort((one, other) => one.at - other.at)
      .map(
        ({ at, lasts, text }): Cue => ({ startSeconds: at / 1000, endSeconds: (at + lasts) / 1000, text }),
      ),
  );

describe('captions that are written', () => {
  it('are read again as they were, from WebVTT, whatever they say', () => {
    fc.assert(
      fc.property(someCues, (cues) => {
        // What looks like ASS is markup to a reader.
        const plain = cues.map((cue) => ({ ...cue, text: cue.text.replaceAll('{', '(') }));

        expect(parseCaptions(writeVtt(plain))).toEqual(plain);
      }),
    );
  });

  it('are read again as they were, from SubRip, but for what looks like markup there', () => {
    fc.assert(
      fc.property(someCues, (cues) => {
        const plain = cues.map((cue) => ({
          ...cue,
          text: cue.text.replace(/[<{]/g, '(').replaceAll('-->', '→'),
        }));

        expect(parseCaptions(writeSrt(plain))).toEqual(plain);
      }),
    );
  });

  it('number their cues, and part milliseconds by a comma, in SubRip', () => {
    const cues = [{ startSeconds: 3661.0005, endSeconds: 3662.9999, text: 'a --> b' }];

    expect(writeSrt(cues)).toBe('1\n01:01:01,001 --> 01:01:03,000\na → b\n');
  });

  it('are those of the clip, by its clock, cut off at its ends', () => {
    const cues = [
      { startSeconds: 0, endSeconds: 5, text: 'before' },
      { startSeconds: 8, endSeconds: 12, text: 'across the in point' },
      { startSeconds: 13, endSeconds: 14.5, text: 'inside' },
      { startSeconds: 19.95, endSeconds: 30, text: 'too short to be read' },
    ];

    expect(cuesWithin(cues, { startSeconds: 10, endSeconds: 20 })).toEqual([
      { startSeconds: 0, endSeconds: 2, text: 'across the in point' },
      { startSeconds: 3, endSeconds: 4.5, text: 'inside' },
    ]);
  });
});
