import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createTools, type ToolPaths, type Tools } from '../core/media/ffmpeg/tools.ts';
import { reconnectArgs } from '../core/media/reads/serve-ranges.ts';

/** One command as it could be typed. */
export interface Command {
  path: string;
  args: string[];
}

/** Tools that really run, and note each command that reads a recording. */
export function recordingTools(paths: ToolPaths): { tools: Tools; commands: Command[] } {
  const tools = createTools(paths);
  const commands: Command[] = [];
  const note = (path: string, args: string[]) => {
    if (args.includes('-i')) commands.push({ path, args });
  };
  return {
    commands,
    tools: {
      ...tools,
      ffmpeg(args, options) {
        note(paths.ffmpegPath, args);
        return tools.ffmpeg(args, options);
      },
      ffprobe(args, options) {
        note(paths.ffprobePath, args);
        return tools.ffprobe(args, options);
      },
    },
  };
}

/** The same command by hand: on a file instead of what the range server gave it. */
export function onFile({ path, args }: Command, file: string): Command {
  const [reconnect] = reconnectArgs;
  const at = args.indexOf(reconnect!);
  if (at < 0) return { path, args }; // it reads a file as it is
  return {
    path,
    args: args
      .toSpliced(at, reconnectArgs.length)
      .map((arg) =>
        arg === 'http,tcp' ? 'file' : /^http:\/\/127\.0\.0\.1:\d+\/\w+$/.test(arg) ? file : arg,
      ),
  };
}

/** Runs commands one after another, what they print thrown away. */
export async function runInTurn(commands: readonly Command[], signal: AbortSignal): Promise<void> {
  for (const { path, args } of commands) {
    const stdio = ['ignore', 'ignore', 'inherit', 'ignore'] as const; // pipe:3, too, is nobody's
    const env = { GCONV_PATH: '/nonexistent' }; // as core/media/ffmpeg/run-ffmpeg.ts sets it
    const child = spawn(path, args, { stdio: [...stdio], env, signal, killSignal: 'SIGKILL' });
    const [code] = await once(child, 'close');
    if (code !== 0) throw new Error(`${path} ended with ${code}`);
  }
}
