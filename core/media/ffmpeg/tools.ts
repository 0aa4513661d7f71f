import { codecsArgs, readDecodable } from './decoders.ts';
import { CommandFailed, type RunOptions, runFfmpeg } from './run-ffmpeg.ts';

/** What a failed command is told to: a line in words, and fields that a log can be searched by. */
export type Log = (message: string, fields: Record<string, unknown>) => void;

export interface Tools {
  ffmpeg(args: string[], options: RunOptions): Promise<void>;
  /** Answers what it printed. */
  ffprobe(args: string[], options: RunOptions): Promise<string>;
  /** The codecs, by ffprobe's names, that this ffmpeg decodes. It's asked once. */
  decodable(signal: AbortSignal): Promise<ReadonlySet<string>>;
  /** Whether this ffmpeg can write on pictures: some builds lack libass. It's asked once. */
  writesText(signal: AbortSignal): Promise<boolean>;
  /** Of the font to write with; without one nothing is written. */
  fontPath?: string;
  log: Log;
}

export interface ToolPaths {
  ffmpegPath: string;
  ffprobePath: string;
  /** What each run of them may take; see Room. Default: no limit. */
  memoryBytes?: number;
  /** A TrueType or OpenType font for titles and captions. */
  fontPath?: string;
  log?: Log;
}

const filtersArgs = ['-hide_banner', '-v', 'error', '-filters'];

/** ffmpeg and ffprobe, each failure logged as a command that can be pasted and run again. */
export function createTools(paths: ToolPaths): Tools {
  const { ffmpegPath, ffprobePath, fontPath, memoryBytes, log = () => {} } = paths;
  async function run(path: string, args: string[], options: RunOptions) {
    try {
      await runFfmpeg(path, args, { memoryBytes, ...options });
    } catch (error) {
      // Of an abort, whoever made it tells.
      if (!options.signal.aborted) {
        const why =
          error instanceof CommandFailed
            ? { exit: error.exit, stderr: error.stderr }
            : { reason: (error as Error).message };
        log('A media command failed', { command: shellCommand([path, ...args]), ...why });
      }
      throw error;
    }
  }
  async function print(path: string, args: string[], options: RunOptions) {
    let printed = '';
    await run(path, args, { ...options, readers: [(text) => (printed += text)] });
    return printed;
  }
  let decodable: ReadonlySet<string> | undefined;
  let writesText: boolean | undefined;
  return {
    fontPath,
    log,
    ffmpeg: (args, options) => run(ffmpegPath, args, options),
    ffprobe: (args, options) => print(ffprobePath, args, options),
    async decodable(signal) {
      decodable ??= readDecodable(await print(ffmpegPath, codecsArgs, { signal, wallSeconds: 60 }));
      return decodable;
    },
    async writesText(signal) {
      writesText ??= / ass +V->V /.test(await print(ffmpegPath, filtersArgs, { signal, wallSeconds: 60 }));
      return writesText;
    },
  };
}

/** For people to paste; no shell ever runs it. */
function shellCommand(words: string[]): string {
  return words
    .map((word) => (/^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", `'\\''`)}'`))
    .join(' ');
}
