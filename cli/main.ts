#!/usr/bin/env node
import { runCommand } from './run-command.ts';

const interruption = new AbortController();
// Once: whoever presses Ctrl-C again wants out, whatever is still being tidied up.
process.once('SIGINT', () => interruption.abort());
process.once('SIGTERM', () => interruption.abort());

// `clipwright list | head` closes the pipe early: that is no failure.
process.stdout.on('error', (error: NodeJS.ErrnoException) => process.exit(error.code === 'EPIPE' ? 0 : 1));
// Nobody may be there any more to read how it goes on: no reason to break an upload off.
process.stderr.on('error', () => undefined);

process.exitCode = await runCommand(process.argv.slice(2), interruption.signal);
