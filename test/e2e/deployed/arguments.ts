import { parseArgs } from 'node:util';
import { BadUsage } from '../../../cli/bad-usage.ts';
import { serviceUrl } from '../../../cli/parse-values.ts';
import type { Caller } from '../main-job.ts';

export const help = `Tells the story of the main job to a service that is up: uploads, clips, deletes its jobs again.

  npm run e2e -- --url URL [--token TOKEN]

  --url URL       where page and API are: the output PageUrl of a deployed stack, or what npm start prints
  --token TOKEN   of who the jobs belong to; better in CLIPWRIGHT_TOKEN: npm repeats its command line
  --help          this text

Ends with 0 if all of it went well, 1 if not, 2 if called wrongly.
`;

/** Answers `help` where that is what was asked. Throws BadUsage. */
export function parseArguments(args: string[], env: NodeJS.ProcessEnv): Caller | 'help' {
  const { values } = parsed(args);
  if (values.help) return 'help';
  const [source, url] = values.url ? ['--url', values.url] : ['CLIPWRIGHT_URL', env.CLIPWRIGHT_URL];
  if (!url) throw new BadUsage('Which service? Give --url.');
  const token = (values.token ?? env.CLIPWRIGHT_TOKEN)?.trim();
  // A line break, say, which fetch would complain of by repeating it.
  if (token && !/^[\w.~+/=-]+$/.test(token))
    throw new BadUsage('The token has characters that no token has.');
  return { url: serviceUrl(source, url), token: token || undefined };
}

function parsed(args: string[]) {
  try {
    return parseArgs({
      args,
      options: { url: { type: 'string' }, token: { type: 'string' }, help: { type: 'boolean', short: 'h' } },
    });
  } catch (error) {
    throw new BadUsage((error as Error).message);
  }
}
