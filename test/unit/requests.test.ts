import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { Refusal } from '../../core/refusals.ts';
import { createJobRequest } from '../../lambdas/create-job/contract.ts';
import { openApiDocument } from '../../lambdas/describe-api/openapi.ts';
import { presignRequest, toUploadRequest } from '../../lambdas/presign-upload/contract.ts';
import { toSettings } from '../../lambdas/shared/job-settings.ts';
import { parse, parseJson } from '../../lambdas/shared/parse.ts';
import { toProblem } from '../../lambdas/shared/problem.ts';
import { aPng } from '../support/pngs.ts';

const upload = { filename: 'talk.mp4', file_size: 10 };
const srt = '1\n00:00:01,000 --> 00:00:02,000\nHello\n';
const pngText = (width: number, height: number) => aPng(width, height).toString('base64');
const logo = pngText(3, 2);
const marked = (over: object = {}) => ({ ...upload, watermark: { format: 'png', base64: logo, ...over } });
const captioned = (text: string, format = 'srt') => ({ ...upload, captions_file: { format, text } });

function refusalOf(work: () => unknown): Refusal {
  try {
    work();
  } catch (error) {
    if (error instanceof Refusal) return error;
    throw error;
  }
  throw new Error('Nothing was refused.');
}

describe('a request body', () => {
  it('gets the defaults of the contract', () => {
    const settings = toSettings(parse(presignRequest, upload));

    expect(settings).toMatchObject({ numSegments: 5, minDurationSeconds: 15, maxDurationSeconds: 60 });
    expect(settings).toMatchObject({
      outputs: [{ shape: 'source', fit: 'crop' }],
      ...{ normalizeLoudness: true, captions: 'sidecar', cut: 'exact' },
    });
  });

  it.each([
    ['a missing filename', { file_size: 10 }, 'filename', /required/],
    ['a negative size', { ...upload, file_size: -1 }, 'file_size', /./],
    ['a size as text', { ...upload, file_size: '10' }, 'file_size', /number/],
    ['an unknown field', { ...upload, owner: 'me' }, 'owner', /no such field/],
    [
      'durations in the wrong order',
      { ...upload, min_duration: 20, max_duration: 10 },
      'min_duration',
      /max_duration/,
    ],
    ['too many segments', { ...upload, num_segments: 51 }, 'num_segments', /50/],
    ['a type that no recording has', { ...upload, content_type: 'text/html' }, 'content_type', /video/],
    [
      'a reversed segment',
      { ...upload, segments: [{ start_time: 9, end_time: 3 }] },
      'segments.0.end_time',
      /after/,
    ],
    ['a shape that is none', { ...upload, outputs: [{ shape: 'round' }] }, 'outputs.0.shape', /vertical/],
    [
      'more video than a function can render',
      { ...upload, max_duration: 201, outputs: ['source', 'vertical', 'square'].map((shape) => ({ shape })) },
      'outputs',
      /600 s/,
    ],
    ['no shape at all', { ...upload, outputs: [] }, 'outputs', /./],
    [
      'a shape twice, however it is put',
      { ...upload, outputs: [{ shape: 'source', fit: 'pad' }, { shape: 'source' }] },
      'outputs.1',
      /twice/,
    ],
    ['captions in a format of its own', captioned(srt, 'ass'), 'captions_file.format', /vtt/],
    ['captions without any', captioned('Hello there'), 'captions_file.text', /no captions/],
    ['captions larger than a megabyte', captioned(`${srt}${'é'.repeat(5e5)}`), 'captions_file.text', /bytes/],
    ['a watermark of another kind', marked({ format: 'svg' }), 'watermark.format', /png/],
    ['a watermark that is none', marked({ base64: btoa('GIF89a') }), 'watermark.base64', /not a PNG/],
    [
      'a watermark with a prefix',
      marked({ base64: `data:image/png;base64,${logo}` }),
      'watermark.base64',
      /nothing before it/,
    ],
    ['a watermark of too many pixels', marked({ base64: pngText(2049, 1) }), 'watermark.base64', /2049 × 1/],
    ['a watermark of too many bytes', marked({ base64: 'A'.repeat(349_532) }), 'watermark.base64', /262144/],
    ['a corner that is none', { ...upload, watermark_position: 'middle' }, 'watermark_position', /top_right/],
    ['something that is no object', 'text', '', /object/],
  ])('with %s is refused, naming the field', (_what, body, field, message) => {
    const refusal = refusalOf(() => parse(presignRequest, body));

    expect(refusal.code).toBe('validation-failed');
    expect(refusal.errors).toContainEqual({ field, message: expect.stringMatching(message) });
  });

  it('may ask for each shape in each way once, fitted on a blurred copy unless told otherwise', () => {
    const asked = ['vertical', 'square'].flatMap((shape) => [
      { shape },
      { shape, fit: 'crop' },
      { shape, fit: 'pad' },
    ]);

    const { outputs } = toSettings(parse(presignRequest, { ...upload, outputs: asked }));

    expect(outputs).toEqual(asked.map((output) => ({ fit: 'blur', ...output })));
  });

  it('may carry captions', () => {
    const { captions, settings } = toUploadRequest(parse(presignRequest, captioned(srt)));

    expect(captions).toEqual({ format: 'srt', text: srt });
    expect(JSON.stringify(settings)).not.toContain('Hello');
  });

  it('may carry a watermark, of which the pixels are kept', () => {
    const body = { ...marked(), watermark_position: 'bottom_left' };

    const { watermark, settings } = toUploadRequest(parse(presignRequest, body));

    expect(watermark).toMatchObject({ widthPixels: 3, heightPixels: 2, png: Buffer.from(logo, 'base64') });
    expect(settings.watermarkPosition).toBe('bottom_left');
    expect(JSON.stringify(settings)).not.toContain(logo.slice(0, 20));
  });

  it('names every field that is wrong at once', () => {
    const refusal = refusalOf(() => parse(createJobRequest, { num_segments: 0, nonsense: 1 }));

    expect(refusal.errors.map(({ field }) => field).sort()).toEqual([
      'job_id',
      'nonsense',
      'num_segments',
      's3_key',
    ]);
  });

  it('with more mistakes than anybody reads is answered briefly', () => {
    const body = Object.fromEntries(
      Array.from({ length: 90_000 }, (_, index) => [`${index}${'x'.repeat(200)}`, 1]),
    );

    const refusal = refusalOf(() => parse(presignRequest, body));

    expect(JSON.stringify(toProblem(refusal, 'request-1')).length).toBeLessThan(20_000);
  });

  it('has its times rounded to milliseconds, and none beyond a day', () => {
    const segment = { start_time: 1e-200, end_time: 5.12345 };
    const late = { start_time: 2 ** 53, end_time: 2 ** 53 + 2 };

    const read = parse(presignRequest, { ...upload, segments: [segment] });
    const refusal = refusalOf(() => parse(presignRequest, { ...upload, segments: [late] }));

    expect(read.segments).toEqual([{ start_time: 0, end_time: 5.123 }]);
    expect(refusal.errors[0]?.field).toBe('segments.0.start_time');
  });

  it('that is not JSON is refused, not thrown', () => {
    expect(refusalOf(() => parseJson('{"a":')).code).toBe('invalid-json');
    expect(refusalOf(() => parseJson(undefined)).code).toBe('invalid-json');
  });

  it('is taken or refused, whatever it is; never anything else', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (body) => {
        try {
          parse(presignRequest, body);
        } catch (error) {
          expect(error).toBeInstanceOf(Refusal);
        }
      }),
    );
  });
});

describe('a problem', () => {
  it('tells nothing of an error that is ours', () => {
    const problem = toProblem(new TypeError('secret'), 'request-1');

    expect(problem).toMatchObject({ status: 500, code: 'internal-error', request_id: 'request-1' });
    expect(JSON.stringify(problem)).not.toContain('secret');
  });
});

describe('the OpenAPI document', () => {
  it('describes each body by the schema that validates it', () => {
    const { paths } = openApiDocument() as any;

    const { schema } = paths['/api/upload/presigned-url'].post.requestBody.content['application/json'];
    expect(schema.required).toEqual(['filename', 'file_size']);
    expect(schema.additionalProperties).toBe(false);
    expect(schema.properties.num_segments).toMatchObject({ default: 5, minimum: 1, maximum: 50 });
    expect(JSON.parse(JSON.stringify(openApiDocument()))).toEqual(openApiDocument());
  });
});
