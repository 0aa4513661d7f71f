import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { assDocument } from '../../core/media/captions/ass-document.ts';
import { cleanText } from '../../core/media/captions/plain-text.ts';
import { readFont } from '../../core/media/captions/read-font.ts';
import { showText } from '../../core/media/captions/show-text.ts';
import { fontPath } from '../../layers/ffmpeg/resolve-ffmpeg.ts';

describe('captions that are burnt in', () => {
  const size = { widthPixels: 1080, heightPixels: 1920 };

  it('are words only: nothing in them is a command, nor another line', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        const cues = [{ startSeconds: 1, endSeconds: 2, text: cleanText(text) }];

        const document = assDocument({ size, fontName: 'A', cues, durationSeconds: 5 });

        const events = document.split('\n').filter((line) => line.startsWith('Dialogue:'));
        expect(events).toHaveLength(1);
        expect(document).not.toContain('\r');
        const words = events[0]!.slice(events[0]!.indexOf(',,0,0,0,,') + 9);
        expect(words.replace(/\\[N{}]/g, '')).not.toMatch(/[\\{}]/);
      }),
    );
  });

  it('stand above what apps lay over a tall picture, and are as large across as upright', () => {
    const styleOf = (widthPixels: number, heightPixels: number) => {
      const wishes = { size: { widthPixels, heightPixels }, fontName: 'A', durationSeconds: 5 };
      const line = assDocument(wishes)
        .split('\n')
        .find((one) => one.startsWith('Style: Caption'));
      const fields = line!.split(',').map(Number);
      return { fontSize: fields[2], bottom: fields[21]! / heightPixels };
    };

    const [tall, wide] = [styleOf(1080, 1920), styleOf(1920, 1080)];

    expect(tall.fontSize).toBe(wide.fontSize);
    expect(tall.bottom).toBeGreaterThan(0.2);
    expect(wide.bottom).toBeLessThan(0.1);
  });

  it('have a title that begins below what the top is kept free for', () => {
    const titleTop = (topPixels?: number) => {
      const wishes = { size, fontName: 'A', durationSeconds: 5, title: 'A title', topPixels };
      const line = assDocument(wishes)
        .split('\n')
        .find((one) => one.startsWith('Style: Title'));
      return Number(line!.split(',')[21]);
    };

    expect([titleTop(), titleTop(100), titleTop(400)]).toEqual([288, 288, 400]);
  });
});

describe('the font', () => {
  const font = readFont(readFileSync(fontPath));

  it('has the letters of many languages, and says which it lacks', () => {
    const text = 'Grüße, жизнь, ελπίδα, שלום, مرحبا 😀 中 🎉🎉';

    expect(font.family).toBe('DejaVu Sans');
    expect(showText(text, font)).toEqual({
      text: 'Grüße, жизнь, ελπίδα, שלום, مرحبا 😀',
      missing: ['中', '🎉'],
    });
  });

  it('leaves no gap where it leaves something out', () => {
    expect(showText('Party 🎉 time', font).text).toBe('Party time');
    expect(showText('As  it was', font).text).toBe('As  it was');
  });

  it('keeps the marks that only tell how others are shown', () => {
    expect(showText('a\u200Db\u200Fc\uFE0F', font).missing).toEqual([]);
  });

  it('is refused when it is none', () => {
    expect(() => readFont(new Uint8Array(100))).toThrow(RangeError);
    expect(() => readFont(new Uint8Array(0))).toThrow(RangeError);
  });
});
