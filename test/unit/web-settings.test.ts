import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { corners } from '../../core/media/clip/clip-look.ts';
import { formatTime } from '../../core/segments/format-time.ts';
import { presignRequest } from '../../lambdas/presign-upload/contract.ts';
import { parseTime } from '../../web/parse-time.ts';
import { checkDraft, type Draft, defaultDraft } from '../../web/settings.ts';
import { aPng } from '../support/pngs.ts';

describe('times as people write them', () => {
  it.each([
    ['1:23:45', 5025],
    ['12:40', 760],
    ['0:07.5', 7.5],
    ['0:07,5', 7.5],
    [' 95 ', 95],
    ['0', 0],
  ])('%s is %d seconds', (text, seconds) => {
    expect(parseTime(text)).toBe(seconds);
  });

  it.each(['', 'soon', '1:60', '1:75:00', '-5', '1:2:3:4', ':30', '1e3', 'NaN'])('%j is none', (text) => {
    expect(parseTime(text)).toBeUndefined();
  });

  it('are read back as players show them', () => {
    fc.assert(
      fc.property(fc.nat(24 * 3600), (seconds) => {
        expect(parseTime(formatTime(seconds))).toBe(seconds);
      }),
    );
  });
});

const cue = '1\n00:00:01,000 --> 00:00:02,000\nHello\n';

describe('the settings form', () => {
  it('lets through exactly what the API takes', () => {
    const number = fc
      .oneof(fc.integer({ min: -5, max: 400 }), fc.constantFrom(1, 50, 51, 300, 301, 2.5))
      .map(String);
    const seconds = fc.oneof(
      fc.nat(400).map(String),
      fc.constantFrom('', 'x', '1:00', '24:00:00', '24:00:01'),
    );
    const draft: fc.Arbitrary<Draft> = fc.record({
      num_segments: fc.oneof(number, fc.constant('')),
      min_duration: number,
      max_duration: number,
      custom_instructions: fc.string({ maxLength: 40 }),
      segments: fc.array(fc.record({ start: seconds, end: seconds, title: fc.string({ maxLength: 20 }) }), {
        maxLength: 2,
      }),
      shapes: fc.subarray(['source', 'vertical', 'square']),
      fit: fc.constantFrom('blur', 'crop', 'pad'),
      burn: fc.boolean(),
      fast: fc.boolean(),
      captions: fc.option(
        fc.record({
          format: fc.constantFrom('srt', 'vtt', 'srt', 'vtt', 'txt'),
          text: fc.constantFrom('', 'Hello', ...['\n', 'é'.repeat(5e5)].map((end) => `${cue}${end}`)),
        }),
        { nil: undefined, freq: 2 },
      ),
      watermark: fc.constantFrom(undefined, { base64: aPng(3, 2).toString('base64') }),
      corner: fc.constantFrom(...corners),
    });

    fc.assert(
      fc.property(draft, (given) => {
        const { meta, errors } = checkDraft(given);
        const body = {
          ...meta,
          segments: meta.segments && JSON.parse(meta.segments),
          outputs: JSON.parse(meta.outputs),
          captions_file: meta.captions_file && JSON.parse(meta.captions_file),
          watermark: meta.watermark && JSON.parse(meta.watermark),
          filename: 'a.mp4',
          file_size: 1,
        };

        expect(errors.length === 0).toBe(presignRequest.safeParse(body).success);
      }),
      { numRuns: 500 },
    );
  });

  it('names the field that is wrong, in the words of the form', () => {
    const { errors } = checkDraft({ ...defaultDraft, segments: [{ start: '1:00', end: '0:30', title: '' }] });

    expect(errors).toEqual([{ field: 'segments.0.end', message: 'End: at least 1 s after the start.' }]);
  });

  it('passes over number and lengths where parts are given', () => {
    const segments = [{ start: '1:00', end: '1:30', title: ' Intro ' }];

    const { meta, errors } = checkDraft({ ...defaultDraft, num_segments: 'many', segments });

    expect(errors).toEqual([]);
    expect(meta.segments).toBe('[{"start_time":60,"end_time":90,"title":"Intro"}]');
  });
});
