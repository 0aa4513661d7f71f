import { describe, expect, it } from '@jest/globals';
import { fuzzMedia } from '../../trials/fuzz-media/fuzz-media.ts';

const options = { seed: 1, signal: new AbortController().signal, print: () => {} };

/** Of each sort some, and most of those that cost little. `npm run fuzz:media` tries all. */
const kinds = [
  ...['truncated', 'hole', 'empty', 'zero_bytes', 'html', 'zip', 'magic_then_noise'],
  ...['hls_behind_tag', 'hls_key', 'concat_script', 'dash', 'sdp', 'external_sound', 'reference_movie'],
  ...['count_lies', 'frames_backwards', 'nested_boxes', 'many_tracks', 'wrong_codec'],
  ...['ts_endless_pids', 'mkv_nested', 'flac_info', 'wav_format', 'ogg_new_streams', 'png_bomb'],
];

describe('hostile media', () => {
  it('neither hangs nor crashes anything, reads no other file, calls nobody, and leaves nothing', async () => {
    const printed: string[] = [];

    const counts = await fuzzMedia({
      ...options,
      runs: kinds.length,
      kinds,
      print: (line) => printed.push(line),
    });

    expect({ ...counts, printed }).toMatchObject({ runs: kinds.length, violations: 0, connections: 0 });
  });

  it('would be found out if ffmpeg were called as careless programs do', async () => {
    const found = await fuzzMedia({
      ...options,
      runs: 2,
      kinds: ['hls_behind_tag', 'external_sound'],
      unprotected: true,
    });

    expect(found.violations).toBeGreaterThanOrEqual(2);
    expect(found.connections).toBeGreaterThan(0);
  });
});
