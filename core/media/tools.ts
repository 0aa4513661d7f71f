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
}

export interface ToolPaths {
  ffmpegPath: string;
  ffprobePath: string;
  log?: Log;
}

/** ffmpeg and ffprobe, each failure logged as a command that can be pasted and run again. */
export function createTools({ ffmpegPath, ffprobePath, log = () => {} }: ToolPaths): Tools {
  async function run(path: string, args: string[], options: RunOptions) {
    try {
      await runFfmpeg(path, args, options);
    } catch (error) {
      if (error instanceof CommandFailed) {
        const { exit, stderr } = error;
        log('A media command failed', { command: shellCommand([path, ...args]), exit, stderr });
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
  return {
    ffmpeg: (args, options) => run(ffmpegPath, args, options),
    ffprobe: (args, options) => print(ffprobePath, args, options),
    async decodable(signal) {
      decodable ??= readDecodable(await print(ffmpegPath, codecsArgs, { signal, wallSeconds: 60 }));
      return decodable;
    },
  };
}

/** For people to paste; no shell ever runs it. */
function shellCommand(words: string[]): string {
  return words
    .map((word) => (/^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", `'\\''`)}'`))
    .join(' ');
}
