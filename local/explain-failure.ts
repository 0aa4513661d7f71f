import { BadUsage, help } from './arguments.ts';
import { FolderInUse } from './lock-folder.ts';
import { SynthError } from './synth.ts';
import { TemplateError } from './template/template-error.ts';

/** What went wrong, and what to do, for the person at the terminal. */
export function explainFailure(error: Error): string {
  if (error instanceof BadUsage) return `${error.message}\n\n${help}`;
  if (error instanceof FolderInUse)
    return `${error.message}.\nStop it, or keep this one's state elsewhere: --data DIR`;
  if (error instanceof TemplateError) return `The template can't be run on this machine.\n${error.message}`;
  if (error instanceof SynthError) return error.message;

  const { code, port } = error as NodeJS.ErrnoException & { port?: number };
  if (code === 'EADDRINUSE') {
    return `Port ${port} is taken. Stop what runs there, or take others: npm start -- --port 8700`;
  }
  return error.stack ?? error.message;
}
