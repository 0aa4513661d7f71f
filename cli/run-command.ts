import { apiClient } from './api/api-client.ts';
import { type Invocation, parseArguments } from './arguments.ts';
import { clipsCommand } from './commands/clips.ts';
import { cancelCommand, deleteCommand } from './commands/end-job.ts';
import { listCommand } from './commands/list.ts';
import { retryCommand, statusCommand } from './commands/status.ts';
import { timelineCommand } from './commands/timeline.ts';
import { uploadCommand } from './commands/upload.ts';
import { errorValue, exitCodeOf, failureText } from './failure.ts';
import { helpOn } from './help.ts';
import { Interrupted } from './interrupted.ts';
import { serviceToken } from './parse-values.ts';
import { type Room, room } from './room.ts';
import { plainLines } from './show/text-width.ts';
import { version } from './version.ts';

/** Runs one command to its end and answers the exit code that the help tells of. */
export async function runCommand(argv: string[], signal: AbortSignal): Promise<number> {
  try {
    const invocation = parseArguments(argv, process.env);
    if (typeof invocation === 'string') {
      process.stdout.write(invocation === 'help' ? helpOn(argv) : `clipwright ${version}\n`);
      return 0;
    }
    const api = apiClient(invocation.apiUrl, { signal, token: serviceToken(process.env.CLIPWRIGHT_TOKEN) });
    return await run(invocation, room(invocation, api, signal));
  } catch (error) {
    const failure = signal.aborted ? interruption(error) : (error as Error);
    process.stderr.write(`${plainLines(failureText(failure))}\n`);
    if (argv.includes('--json')) process.stdout.write(`${JSON.stringify({ error: errorValue(failure) })}\n`);
    return exitCodeOf(failure);
  }
}

/** Whatever broke off at an interruption broke off because of it. */
function interruption(error: unknown): Interrupted {
  return error instanceof Interrupted ? error : new Interrupted('');
}

function run({ command }: Invocation, room: Room): Promise<number> {
  switch (command.name) {
    case 'upload':
      return uploadCommand(command, room);
    case 'status':
      return statusCommand(command, room);
    case 'retry':
      return retryCommand(command, room);
    case 'clips':
      return clipsCommand(command, room);
    case 'timeline':
      return timelineCommand(command, room);
    case 'list':
      return listCommand(command, room);
    case 'cancel':
      return cancelCommand(command, room);
    case 'delete':
      return deleteCommand(command, room);
    default:
      return command satisfies never;
  }
}
