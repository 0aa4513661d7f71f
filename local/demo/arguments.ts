import { join, resolve } from 'node:path';
import { BadUsage } from '../../cli/bad-usage.ts';
import { type Look, lookOptions, parseLook } from '../../cli/parse-look.ts';
import { parseOptions } from '../../cli/parse-options.ts';
import { serviceUrl } from '../../cli/parse-values.ts';

export interface DemoArguments {
  file: string;
  numSegments: number;
  minDurationSeconds: number;
  maxDurationSeconds: number;
  look: Look;
  captionsPath?: string;
  outFolder: string;
  json: boolean;
  /** Where the cloud of this machine keeps its state. */
  dataDir: string;
  /** An API that runs already, here or deployed; without it the local cloud is used. */
  url?: string;
}

/** Shorter and fewer than the service's own defaults: a demo is for a quick look, and its recording is short. */
const defaults = { numSegments: 3, minDurationSeconds: 3, maxDurationSeconds: 8 };

const bundledRecording = join(import.meta.dirname, '../../test/media/fixtures/talk.mp4');

export const help = `Uploads a recording, has clips made of it, and downloads them.

  npm run demo -- [file] [options]

  file                a video or audio file; without it, a recording that comes with Clipwright
  --segments N        how many clips (${defaults.numSegments})
  --min-duration S    length of the shortest clip in seconds (${defaults.minDurationSeconds})
  --max-duration S    length of the longest clip in seconds (${defaults.maxDurationSeconds})
  --output SHAPE[:FIT]  source, vertical (9:16) or square; crop, blur or pad; again for another
  --captions FILE     .srt or .vtt of the recording: each clip gets its part of them
  --burn-captions     write captions into the pictures, too
  --no-loudness       leave the sound as loud as it is
  --out DIR           folder for the clips (clips)
  --data DIR          where the cloud on this machine keeps everything, as for npm start (.clipwright)
  --url URL           use the API there instead of the cloud on this machine; CLIPWRIGHT_TOKEN is its bearer token
  --json              last line of the output: the outcome as JSON; everything else goes to stderr
  --help              this text

Ends with 0 if the clips were made, 1 if not, 2 if called wrongly, 130 if interrupted.
`;

/** Answers `help` where that is what was asked. Throws BadUsage. */
export function parseArguments(argv: string[]): DemoArguments | 'help' {
  const { values, positionals } = parsed(argv);
  if (values.help) return 'help';
  if (positionals.length > 1) throw new BadUsage(`One file at a time, please: ${positionals.join(' ')}`);

  const asked = {
    min: positiveNumber('--min-duration', values['min-duration']),
    max: positiveNumber('--max-duration', values['max-duration']),
  };
  // Who names one of the two must not have to name the other.
  const min = asked.min ?? Math.min(defaults.minDurationSeconds, asked.max ?? Number.POSITIVE_INFINITY);
  const max = asked.max ?? Math.max(defaults.maxDurationSeconds, min);
  if (min > max) throw new BadUsage(`--min-duration ${min} is more than --max-duration ${max}.`);

  const numSegments = positiveNumber('--segments', values.segments) ?? defaults.numSegments;
  // The service would say the same, but only after the file has gone up.
  if (!Number.isInteger(numSegments) || numSegments > 50) {
    throw new BadUsage('--segments takes a whole number from 1 to 50.');
  }
  if (min < 1 || max > 300) throw new BadUsage('Clips are 1 to 300 seconds long.');

  return {
    file: positionals[0] ?? bundledRecording,
    numSegments,
    minDurationSeconds: min,
    maxDurationSeconds: max,
    look: parseLook(values),
    captionsPath: values.captions,
    outFolder: values.out,
    dataDir: resolve(values.data),
    json: values.json,
    url: values.url === undefined ? undefined : serviceUrl('--url', values.url),
  };
}

function parsed(argv: string[]) {
  return parseOptions(
    {
      args: argv,
      allowPositionals: true,
      options: {
        segments: { type: 'string' },
        'min-duration': { type: 'string' },
        'max-duration': { type: 'string' },
        ...lookOptions,
        out: { type: 'string', default: 'clips' },
        data: { type: 'string', default: '.clipwright' },
        url: { type: 'string' },
        json: { type: 'boolean', default: false },
        help: { type: 'boolean', short: 'h', default: false },
      },
    },
    'the demo',
  );
}

function positiveNumber(flag: string, text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  const number = Number(text);
  if (text.trim() === '' || !(number > 0 && number < Number.POSITIVE_INFINITY)) {
    throw new BadUsage(`${flag} takes a number above 0, not “${text}”.`);
  }
  return number;
}
