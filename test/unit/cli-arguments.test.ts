import { describe, expect, it } from '@jest/globals';
import { type Invocation, parseArguments } from '../../cli/arguments.ts';
import { BadUsage } from '../../cli/bad-usage.ts';

const parse = (line: string, environment = {}) => parseArguments(line.split(' '), environment) as Invocation;

describe('the arguments of the command line', () => {
  it('leave to the service what is not said', () => {
    expect(parse('upload talk.mp4')).toEqual({
      apiUrl: 'http://127.0.0.1:8600',
      json: false,
      quiet: false,
      command: {
        name: 'upload',
        files: ['talk.mp4'],
        settings: {},
        transfer: { parallel: 4, resume: true },
        follow: { monitor: false },
      },
    });
  });

  it('follow what is said', () => {
    const line =
      'upload a.mp4 b.mp4 --min-duration 3 --max-duration 9.5 --segment 1:20-1:50=Joke --segment 5-9 ' +
      '--instructions funny --parallel 8 --part-size 64 --no-resume --download out --json -q';

    expect(parse(line)).toMatchObject({
      json: true,
      quiet: true,
      command: {
        files: ['a.mp4', 'b.mp4'],
        settings: {
          min_duration: 3,
          max_duration: 9.5,
          segments: [
            { start_time: 80, end_time: 110, title: 'Joke' },
            { start_time: 5, end_time: 9 },
          ],
          custom_instructions: 'funny',
        },
        transfer: { parallel: 8, partSizeBytes: 64 * 1024 ** 2, resume: false },
        follow: { monitor: true, downloadFolder: 'out' },
      },
    });
  });

  it('name shapes, captions, loudness and speed', () => {
    const line =
      'upload a.mp4 --output vertical:blur --output source --captions a.srt --burn-captions --no-loudness --fast';

    expect(parse(line).command).toMatchObject({
      captionsPath: 'a.srt',
      settings: {
        outputs: [{ shape: 'vertical', fit: 'blur' }, { shape: 'source' }],
        ...{ captions: 'burn', normalize_loudness: false, cut: 'fast' },
      },
    });
  });

  it('name a watermark, and where it goes', () => {
    const { command } = parse('upload a.mp4 --watermark logo.png --watermark-position bottom-left');

    expect(command).toMatchObject({
      watermarkPath: 'logo.png',
      settings: { watermark_position: 'bottom_left' },
    });
  });

  it('name a webhook', () => {
    const { command } = parse('upload a.mp4 --webhook-url https://example.com/clips');

    expect(command).toMatchObject({ settings: { webhook_url: 'https://example.com/clips' } });
  });

  it('take the address from the flag, else from the variable, with or without what follows the host', () => {
    const environment = { CLIPWRIGHT_URL: 'https://clips.example.com/api/' };

    expect(parse('list', environment).apiUrl).toBe('https://clips.example.com');
    expect(parse('list --url http://127.0.0.1:9000/', environment).apiUrl).toBe('http://127.0.0.1:9000');
  });

  it('may stand before the command', () => {
    const after = parse('upload a.mp4 --url http://127.0.0.1:9000 --segments 2 -q');

    expect(parse('--url http://127.0.0.1:9000 -q --segments 2 upload a.mp4')).toEqual(after);
    expect(parseArguments(['--json', 'help'], {})).toBe('help');
  });

  it('ask for help anywhere, but not in the name of a file', () => {
    expect(parseArguments(['upload', '--nonsense', '--help'], {})).toBe('help');
    expect(parse('upload -- --help').command).toMatchObject({ files: ['--help'] });
  });

  it.each([
    ['upload', 'the file'],
    ['upload a.mp4 --segments 0', 'from 1 to 50'],
    ['upload a.mp4 --segments 2.5', 'whole number'],
    ['upload a.mp4 --segments 2 --segment 0-5', 'Either'],
    ['upload a.mp4 --min-duration 0.5', '1 to 300'],
    ['upload a.mp4 --min-duration 9 --max-duration 8', 'more than'],
    ['upload a.mp4 --part-size 4', 'from 5 to 5120'],
    ['upload a.mp4 --output round', 'source, vertical or square'],
    ['upload a.mp4 --output square:blur:pad', 'source, vertical or square'],
    ['upload a.mp4 b.mp4 --captions a.srt', 'one recording'],
    ['upload a.mp4 --watermark a.png --watermark-position middle', 'top-left, top-right'],
    ['upload a.mp4 --watermark-position top-left', '--watermark FILE'],
    ['status', 'one job'],
    ['status a b', 'one job'],
    ['status --yes a', '--yes'],
    ['list a', 'takes no a'],
    ['list --url https://me:secret@example.com', 'CLIPWRIGHT_TOKEN'],
    ['sing', 'no command sing'],
    ['--json', 'A command is missing'],
    ['list --segments 4', 'There is no option --segments for list.'],
    ['list --limit', '--limit takes a value.'],
    ['list --limit --json', '--limit takes a value;'],
    ['list --quiet=yes', '--quiet takes no value.'],
  ])('refuse “%s” and say why', (line, why) => {
    expect(() => parse(line)).toThrow(BadUsage);
    expect(() => parse(line)).toThrow(why);
  });
});
