import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import * as z from 'zod';
import { openApiDocument } from '../../lambdas/describe-api/openapi.ts';
import { operationsOf } from '../../trials/fuzz-api/api-document.ts';
import { checkNames } from '../../trials/fuzz-api/check-names.ts';
import { fromSchema } from '../../trials/fuzz-api/from-schema.ts';
import { createJudge } from '../../trials/fuzz-api/judge-answer.ts';
import { parseDisposition } from '../../trials/fuzz-api/parse-disposition.ts';

const operations = operationsOf(openApiDocument() as never);
const listJobs = operations.find(({ route }) => route === 'GET /api/jobs');

describe('the OpenAPI document', () => {
  it('names each operation by an id of its own', () => {
    const paths: Record<string, { operationId: string }>[] = Object.values(openApiDocument().paths) as never;
    const ids = paths.flatMap((methods) => Object.values(methods).map(({ operationId }) => operationId));

    expect(ids).toHaveLength(operations.length);
    expect(new Set(ids).size).toBe(ids.length);
    expect(ids.filter((id) => !/^[a-z][a-zA-Z]+$/.test(id))).toEqual([]);
  });
});

describe('2,000 hostile filenames', () => {
  it('stay within their key, their name and their header', () => {
    const said: string[] = [];

    const counts = checkNames({ runs: 2000, seed: 1, print: (line) => void said.push(line) });

    expect(said).toEqual([]);
    expect(counts).toMatchObject({ names: 2000, violations: 0 });
    expect(counts.names_refused).toBeLessThan(1500);
  });

  it.each([
    ['attachment; filename="a"b"', /no parameter/],
    ['attachment; filename="a"; filename="b"', /twice/],
    ["attachment; filename*=UTF-8''a b", /no parameter/],
    ["attachment; filename*=UTF-8''%e4", /no ext-value/],
    ["attachment; filename*=UTF-8''%E4", /malformed/],
  ])('would be seen to break out: %s', (header, message) => {
    expect(() => parseDisposition(header)).toThrow(message);
  });
});

describe('generated bodies', () => {
  it.each(operations.filter(({ body }) => body?.type === 'application/json'))(
    'fit their schema: $route',
    ({ body }) => {
      const schema = z.fromJSONSchema(body?.schema as never);

      fc.assert(
        fc.property(fromSchema(body?.schema ?? {}), (value) => {
          expect(schema.safeParse(value).error?.issues).toBeUndefined();
        }),
        { numRuns: 50 },
      );
    },
  );
});

describe('the judge of answers', () => {
  const { judge } = createJudge(z.object({ code: z.string() }));
  const json = { 'content-type': 'application/json' };
  const page = JSON.stringify({ jobs: [], next_cursor: null });

  it('has nothing against what the document says', () => {
    expect(judge(listJobs, 'GET', { status: 200, headers: json, text: page })).toEqual([]);
    expect(judge(undefined, 'GET', { status: 404, headers: json, text: '{"message":"Not Found"}' })).toEqual(
      [],
    );
  });

  it.each([
    ['an error of ours', { status: 502, headers: json, text: '{}' }, ['502', '502 is not in the document']],
    ['another status', { status: 418, headers: json, text: '{}' }, ['418 is not in the document']],
    [
      'another type',
      { status: 200, headers: { 'content-type': 'text/html' }, text: page },
      ['its type is text/html'],
    ],
    ['no JSON', { status: 200, headers: json, text: '[' }, [expect.stringContaining('does not fit')]],
    [
      'a member too many',
      { status: 200, headers: json, text: '{"jobs":[],"next_cursor":null,"secret":1}' },
      [expect.stringContaining('does not fit')],
    ],
    [
      'a stack',
      { status: 200, headers: json, text: '{"jobs":[],"next_cursor":"Error\\n    at /tmp/x"}' },
      ['tells of its insides'],
    ],
  ])('finds %s', (_what, answer, wrongs) => {
    expect(judge(listJobs, 'GET', answer)).toEqual(wrongs);
  });
});
