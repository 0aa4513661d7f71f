import { resolve } from 'node:path';
import { parseArgs } from 'node:util';

export interface Arguments {
  port: number;
  dataDir: string;
  fresh: boolean;
  auth: boolean;
  assemblyDir?: string;
  json: boolean;
  help: boolean;
}

/** The command line can't be understood; the message says what is wrong with it. */
export class BadUsage extends Error {
  override readonly name = 'BadUsage';
}

export const help = `Usage: npm start -- [options]

Runs Clipwright on this machine, as it would be deployed. It listens on 127.0.0.1 only.

  --port N         the port of page and API; two more are taken next to it (default 8600; 0: any that are free)
  --data DIR       where everything is kept (default .clipwright)
  --fresh          forget what is kept there: jobs, clips, logs
  --auth           have alice and bob sign in on the page; the API asks for a token, and one of each is printed
  --assembly DIR   run this CDK assembly instead of synthesizing the stack
  --json           print one line of JSON when ready, and all else to stderr
  --help           print this
`;

/** Throws BadUsage. Folders are resolved against `workingDir`. */
export function parseArguments(args: string[], workingDir: string): Arguments {
  const values = parse(args);
  const port = Number(values.port);
  if (!/^\d+$/.test(values.port) || port > 65_533)
    throw new BadUsage(`--port takes 0 to 65533, not ${values.port}`);
  return {
    port,
    dataDir: resolve(workingDir, values.data),
    fresh: values.fresh,
    auth: values.auth,
    assemblyDir: values.assembly === undefined ? undefined : resolve(workingDir, values.assembly),
    json: values.json,
    help: values.help,
  };
}

function parse(args: string[]) {
  try {
    return parseArgs({
      args,
      options: {
        port: { type: 'string', default: '8600' },
        data: { type: 'string', default: '.clipwright' },
        fresh: { type: 'boolean', default: false },
        auth: { type: 'boolean', default: false },
        assembly: { type: 'string' },
        json: { type: 'boolean', default: false },
        help: { type: 'boolean', short: 'h', default: false },
      },
    }).values;
  } catch (error) {
    // What follows is about words after `--`, which mean nothing here.
    throw new BadUsage((error as Error).message.split('. ', 1)[0]!);
  }
}
