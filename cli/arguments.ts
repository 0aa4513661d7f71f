import { type ParseArgsConfig, parseArgs } from 'node:util';
import type { JobSettings } from './api/wire-types.ts';
import { BadUsage } from './bad-usage.ts';
import { lookOptions, parseLook } from './parse-look.ts';
import { parseOptions } from './parse-options.ts';
import { parseSegment } from './parse-segment.ts';
import { clipSeconds, serviceUrl, wholeNumber } from './parse-values.ts';

export type Command =
  | {
      name: 'upload';
      files: string[];
      settings: JobSettings;
      captionsPath?: string;
      watermarkPath?: string;
      transfer: Transfer;
      follow: Follow;
    }
  | { name: 'status' | 'retry'; jobId: string; follow: Follow }
  | { name: 'clips'; jobId: string; downloadFolder?: string }
  | { name: 'list'; status?: string; limit: number }
  | { name: 'timeline'; jobId: string }
  | { name: 'cancel'; jobId: string }
  | { name: 'delete'; jobId: string; isConfirmed: boolean };

export interface Transfer {
  parallel: number;
  partSizeBytes?: number;
  resume: boolean;
}

/** What is done after the job was started, or found. */
export interface Follow {
  monitor: boolean;
  downloadFolder?: string;
}

export interface Invocation {
  command: Command;
  apiUrl: string;
  json: boolean;
  quiet: boolean;
}

const text = { type: 'string' } as const;
const flag = { type: 'boolean', default: false } as const;
const common = { url: text, json: flag, quiet: { ...flag, short: 'q' } } satisfies ParseArgsConfig['options'];
const follow = { monitor: flag, download: text } as const;
const uploadOptions = {
  ...common,
  ...follow,
  segments: text,
  'min-duration': text,
  'max-duration': text,
  segment: { ...text, multiple: true },
  instructions: text,
  'webhook-url': text,
  ...lookOptions,
  parallel: text,
  'part-size': text,
  'no-resume': flag,
} as const;
const listOptions = { ...common, status: text, limit: text } as const;
const deleteOptions = { ...common, yes: { ...flag, short: 'y' } } as const;

const defaultUrl = 'http://127.0.0.1:8600';

/** `argv`: without node and the script. Answers `help` or `version` where that is what was asked. Throws BadUsage. */
export function parseArguments(
  argv: string[],
  environment: { CLIPWRIGHT_URL?: string },
): Invocation | 'help' | 'version' {
  // Everywhere, also beside options that are wrong; but what follows `--` are files.
  const asked = argv.slice(0, argv.includes('--') ? argv.indexOf('--') : undefined);
  const { name, args } = splitCommand(argv);
  if (argv.length === 0 || name === 'help' || asked.some((word) => word === '--help' || word === '-h')) {
    return 'help';
  }
  if (asked.includes('--version')) return 'version';

  if (name === undefined) throw new BadUsage('A command is missing, as upload or list.');
  const { command, values } = parseCommand(name, args);
  const apiUrl =
    values.url === undefined
      ? serviceUrl('CLIPWRIGHT_URL', environment.CLIPWRIGHT_URL || defaultUrl)
      : serviceUrl('--url', values.url);
  return { command, apiUrl, json: values.json, quiet: values.quiet };
}

/** Options may stand before the command, too: the first word that is neither one nor the value of one. */
function splitCommand(argv: string[]): { name?: string; args: string[] } {
  const options = { ...uploadOptions, ...listOptions, ...deleteOptions };
  const { tokens } = parseArgs({ args: argv, options, strict: false, tokens: true });
  const at = tokens.find(({ kind }) => kind === 'positional')?.index;
  return at === undefined ? { args: argv } : { name: argv[at], args: argv.toSpliced(at, 1) };
}

function parseCommand(name: string, args: string[]) {
  switch (name) {
    case 'upload':
      return parseUpload(args);
    case 'status':
    case 'retry': {
      const { values, positionals } = parsed(name, args, { ...common, ...follow });
      return {
        values,
        command: { name, jobId: oneJob(name, positionals), follow: toFollow(values) } as const,
      };
    }
    case 'clips': {
      const { values, positionals } = parsed(name, args, { ...common, download: text });
      const jobId = oneJob(name, positionals);
      return { values, command: { name, jobId, downloadFolder: values.download } as const };
    }
    case 'list': {
      const { values, positionals } = parsed(name, args, listOptions);
      if (positionals.length > 0) throw new BadUsage(`list takes no ${positionals[0]}.`);
      const limit = wholeNumber('--limit', values.limit, 1, 10_000) ?? 20;
      return { values, command: { name, status: values.status, limit } as const };
    }
    case 'timeline':
    case 'cancel': {
      const { values, positionals } = parsed(name, args, common);
      return { values, command: { name, jobId: oneJob(name, positionals) } as const };
    }
    case 'delete': {
      const { values, positionals } = parsed(name, args, deleteOptions);
      const jobId = oneJob(name, positionals);
      return { values, command: { name, jobId, isConfirmed: values.yes } as const };
    }
    default:
      throw new BadUsage(`There is no command ${name}.`);
  }
}

function parseUpload(args: string[]) {
  const { values, positionals } = parsed('upload', args, uploadOptions);
  if (positionals.length === 0) throw new BadUsage('upload takes the file to upload, or several.');
  if (values.segment && values.segments) {
    throw new BadUsage('Either --segment, which names the clips, or --segments, how many are to be chosen.');
  }
  if (values.captions !== undefined && positionals.length > 1) {
    throw new BadUsage('--captions are those of one recording: upload it by itself.');
  }
  const partSizeMib = wholeNumber('--part-size', values['part-size'], 5, 5120);
  const settings: JobSettings = {
    num_segments: wholeNumber('--segments', values.segments, 1, 50),
    min_duration: clipSeconds('--min-duration', values['min-duration']),
    max_duration: clipSeconds('--max-duration', values['max-duration']),
    segments: values.segment?.map(parseSegment),
    custom_instructions: values.instructions,
    webhook_url: values['webhook-url'],
    ...parseLook(values),
  };
  if (settings.min_duration! > settings.max_duration!) {
    throw new BadUsage(
      `--min-duration ${settings.min_duration} is more than --max-duration ${settings.max_duration}.`,
    );
  }
  const transfer: Transfer = {
    parallel: wholeNumber('--parallel', values.parallel, 1, 16) ?? 4,
    partSizeBytes: partSizeMib && partSizeMib * 1024 ** 2,
    resume: !values['no-resume'],
  };
  const command = {
    name: 'upload',
    files: positionals,
    settings,
    captionsPath: values.captions,
    watermarkPath: values.watermark,
    transfer,
    follow: toFollow(values),
  } as const;
  return { values, command };
}

/** Clips can only be downloaded once there are any. */
function toFollow(values: { monitor: boolean; download?: string }): Follow {
  return { monitor: values.monitor || values.download !== undefined, downloadFolder: values.download };
}

function oneJob(command: string, positionals: string[]): string {
  const [jobId, ...more] = positionals;
  if (!jobId || more.length > 0) throw new BadUsage(`${command} takes the id of one job.`);
  return jobId;
}

function parsed<const Options extends NonNullable<ParseArgsConfig['options']>>(
  command: string,
  args: string[],
  options: Options,
) {
  return parseOptions({ args, options, allowPositionals: true }, command);
}
