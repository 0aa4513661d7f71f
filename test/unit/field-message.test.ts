import { describe, expect, it } from '@jest/globals';
import { jobStatuses } from '../../core/jobs/job.ts';
import type { Refusal } from '../../core/refusals.ts';
import { initiateRequest } from '../../lambdas/multipart-upload/contract.ts';
import { listQuery } from '../../lambdas/read-jobs/contract.ts';
import { parse } from '../../lambdas/shared/parse.ts';

/** What is said of the fields of an input that is not valid. */
function messages(schema: Parameters<typeof parse>[0], input: object): Record<string, string> {
  try {
    parse(schema, input);
  } catch (error) {
    return Object.fromEntries((error as Refusal).errors.map(({ field, message }) => [field, message]));
  }
  return {};
}

const tooLong = 'x'.repeat(1025);

describe('what is said of a field', () => {
  it.each([
    [{ status: 'nope' }, { status: `Must be one of ${jobStatuses.join(', ')}.` }],
    [{ limit: 'many' }, { limit: 'Must be a number.' }],
    [{ limit: '1.5' }, { limit: 'Must be a whole number.' }],
    [{ limit: '0' }, { limit: 'Must be at least 1.' }],
    [{ limit: '101' }, { limit: 'Must be at most 100.' }],
    [{ colour: 'red' }, { colour: 'There is no such field.' }],
  ])('of the query %j is %j', (query, said) => {
    expect(messages(listQuery, query)).toEqual(said);
  });

  it.each([
    [{ filename: '' }, { filename: 'Must not be empty.' }],
    [{ s3_key: 'a' }, { s3_key: 'There is no such field.' }],
    [{ filename: tooLong }, { filename: 'Must have at most 1024 characters.' }],
    [{ filename: 7 }, { filename: 'Must be a text.' }],
    [{ filename: undefined }, { filename: 'This field is required.' }],
    [{ file_size: 0 }, { file_size: 'Must be more than 0.' }],
    [{ auto_start: 'yes' }, { auto_start: 'Must be true or false.' }],
    [{ segments: {} }, { segments: 'Must be a list.' }],
    [{ segments: [] }, { segments: 'Must not be empty.' }],
    [{ segments: [7] }, { 'segments.0': 'Must be an object.' }],
    [
      { outputs: Array.from({ length: 7 }, () => ({ shape: 'vertical' })) },
      { outputs: 'Must have at most 6 entries.' },
    ],
    [{ watermark: { format: 'gif', base64: '' } }, { 'watermark.format': 'Must be png.' }],
    [{ min_duration: '7' }, { min_duration: 'Must be a number.' }],
  ])('of a body is what it must be (%#)', (change, said) => {
    expect(messages(initiateRequest, { filename: 'a.mp4', file_size: 1, ...change })).toMatchObject(said);
  });
});
