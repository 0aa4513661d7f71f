import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { Refusal } from '../../core/refusals.ts';
import { openApiDocument } from '../../lambdas/describe-api/openapi.ts';
import { toClaim, toMultipartRequest, uppyFile } from '../../lambdas/serve-uppy/contract.ts';
import { parse } from '../../lambdas/shared/parse.ts';

const MIB = 1024 ** 2;
const jobId = '0f8b3c1e-1111-4222-8333-444455556666';

describe('a file of Uppy', () => {
  it('asks for the same with texts, as in a query, as with numbers', () => {
    const given = {
      file_size: 7 * MIB,
      num_segments: 2,
      min_duration: 3,
      max_duration: 4.5,
      auto_start: false,
    };
    const texts = Object.fromEntries(Object.entries(given).map(([name, value]) => [name, String(value)]));

    const [one, other] = [given, texts].map((metadata) =>
      toMultipartRequest(parse(uppyFile, { filename: 'talk.mp4', type: 'video/mp4', metadata })),
    );

    expect(one).toEqual(other);
    expect(one).toMatchObject({
      ...{ filename: 'talk.mp4', sizeBytes: 7 * MIB, contentType: 'video/mp4', autoStart: false },
      settings: { numSegments: 2, minDurationSeconds: 3, maxDurationSeconds: 4.5 },
    });
  });

  it('starts by itself and is cut as Uppy cuts it, unless it says otherwise', () => {
    const read = (metadata: object) =>
      toMultipartRequest(parse(uppyFile, { filename: 'talk.mp4', metadata: { name: 'x', ...metadata } }));

    expect(read({ file_size: 1 })).toMatchObject({ autoStart: true, partSizeBytes: 5 * MIB });
    expect(read({ file_size: 10_000 * 5 * MIB + 1 }).partSizeBytes).toBe(5 * MIB + 1);
    expect(read({ file_size: 1, part_size: 6 * MIB }).partSizeBytes).toBe(6 * MIB);
  });

  it.each(['', 'text/html', 'application/octet-stream', 'video/mp4;codecs="avc1"\r\nx: y'])(
    'of the type %j gets that of its name',
    (type) => {
      const { contentType } = toMultipartRequest(
        parse(uppyFile, { filename: 'talk.mp4', type, metadata: { file_size: 1 } }),
      );

      expect(contentType).toBeUndefined();
    },
  );

  it('is taken or refused, whatever it is; never anything else', () => {
    const anything = fc.record(
      {
        filename: fc.jsonValue(),
        type: fc.jsonValue(),
        metadata: fc.oneof(
          fc.jsonValue(),
          fc.dictionary(fc.constantFrom('file_size', 'part_size', 'segments', 'auto_start'), fc.jsonValue()),
        ),
      },
      { requiredKeys: [] },
    );
    fc.assert(
      fc.property(anything, (body) => {
        try {
          toMultipartRequest(parse(uppyFile, body));
        } catch (error) {
          expect(error).toBeInstanceOf(Refusal);
        }
      }),
    );
  });
});

describe('a key that Uppy gives back', () => {
  it('tells the job', () => {
    const key = `uploads/hash/${jobId}/source.mp4`;

    expect(toClaim('an-id', key)).toEqual({ jobId, key, uploadId: 'an-id' });
  });

  it('that tells none is that of no job', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.constantFrom('inbox/a.mp4', 'uploads/a/b/source.mp4')), (key) => {
        expect(() => toClaim('an-id', key)).toThrow(expect.objectContaining({ code: 'job-not-found' }));
      }),
    );
  });
});

describe('the OpenAPI document', () => {
  it('describes metadata as they stand in a query', () => {
    const { paths } = openApiDocument() as any;

    const { parameters } = paths['/api/uppy/s3/params'].get;
    expect(parameters).toMatchObject([
      { name: 'filename', required: true },
      { name: 'type', required: false },
      { name: 'metadata', style: 'deepObject', explode: true, schema: { required: ['file_size'] } },
    ]);
  });
});
