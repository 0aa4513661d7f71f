import { CommandFailed, type RunOptions, runFfmpeg } from './run-ffmpeg.ts';

/** What a failed command is told to: a line in words, and fields that a log can be searched by. */
export type Log = (message: string, fields: Record<string, unknown>) => void;

export interface Tools {
  ffmpeg(args: string[], options: RunOptions): Promise<void>;
  /** Answers what it printed. */
  ffprobe(args: string[], options: RunOptions): Promise<string>;
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
  return {
    ffmpeg: (args, options) => run(ffmpegPath, args, options),
    async ffprobe(args, options) {
      let printed = '';
      const readers = [(text: string) => (printed += text)];
      await run(ffprobePath, args, { ...options, readers });
      return printed;
    },
  };
}

/** For people to paste; no shell ever runs it. */
function shellCommand(words: string[]): string {
  return words
    .map((word) => (/^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", `'\\''`)}'`))
    .join(' ');
}
