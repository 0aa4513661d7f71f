import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { readTranscribeResult } from '../../lambdas/shared/transcribe-result.ts';

const recorded = readFileSync('test/support/recorded/transcribe-result.json', 'utf8');
const said = readTranscribeResult(recorded);

describe("Transcribe's result", () => {
  it('is its words with their punctuation, in seconds', () => {
    expect(said.languageCode).toBe('en-US');
    expect(said.words.slice(0, 3)).toEqual([
      { text: 'Good', startSeconds: 0.04, endSeconds: 0.31 },
      { text: 'evening,', startSeconds: 0.31, endSeconds: 0.84 },
      { text: 'Dr.', startSeconds: 0.9, endSeconds: 1.2 },
    ]);
    expect(said.words.at(-1)?.text).toBe('begin?');
  });

  it.each([['{"results":'], ['{}'], ['null'], ['{"results":{"items":[{"type":"pronunciation"}]}}']])(
    'that is no such thing (%s) is an error',
    (text) => {
      expect(() => readTranscribeResult(text)).toThrow();
    },
  );

  it('of a recording in which nobody speaks has no words', () => {
    expect(readTranscribeResult('{"results":{"transcripts":[{"transcript":""}],"items":[]}}')).toEqual({
      words: [],
    });
  });
});
