import { describe, expect, it } from '@jest/globals';
import { BadUsage } from '../../cli/bad-usage.ts';
import { parseArguments } from '../../local/demo/arguments.ts';

describe('the demo’s arguments', () => {
  it('take the bundled recording and a quick look where nothing is said', () => {
    const demo = parseArguments([]);

    expect(demo).toMatchObject({
      file: expect.stringMatching(/test\/media\/fixtures\/talk\.mp4$/),
      numSegments: 3,
      minDurationSeconds: 3,
      maxDurationSeconds: 8,
      outFolder: 'clips',
      json: false,
    });
  });

  it('follow what is said', () => {
    const argv =
      '--segments 2 speech.flac --min-duration 3 --max-duration 4.5 --out here --json --output vertical'.split(
        ' ',
      );

    expect(parseArguments(argv)).toEqual({
      file: 'speech.flac',
      look: { outputs: [{ shape: 'vertical' }] },
      numSegments: 2,
      minDurationSeconds: 3,
      maxDurationSeconds: 4.5,
      outFolder: 'here',
      dataDir: expect.stringMatching(/\.clipwright$/),
      json: true,
    });
  });

  it('move the limit that was not named out of the way of the one that was', () => {
    expect(parseArguments(['--min-duration', '30'])).toMatchObject({ maxDurationSeconds: 30 });
    expect(parseArguments(['--max-duration', '2'])).toMatchObject({ minDurationSeconds: 2 });
  });

  it('take an address with or without its last slash', () => {
    expect(parseArguments(['--url', 'http://127.0.0.1:9000/'])).toMatchObject({
      url: 'http://127.0.0.1:9000',
    });
  });

  it.each([
    [['--segments', 'many'], '--segments'],
    [['--segments', '2.5'], 'whole number'],
    [['--segments', '0'], 'above 0'],
    [['--min-duration', ''], '--min-duration'],
    [['--min-duration', '9', '--max-duration', '8'], 'more than'],
    [['--url', 'file:///etc'], '--url'],
    [['--nonsense'], 'no option --nonsense for the demo.'],
    [['a.mp4', 'b.mp4'], 'One file'],
  ])('refuse %j and say why', (argv, why) => {
    const parse = () => parseArguments(argv);

    expect(parse).toThrow(BadUsage);
    expect(parse).toThrow(why);
  });
});
