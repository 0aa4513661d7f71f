import { type ParseArgsConfig, parseArgs } from 'node:util';
import { BadUsage } from './bad-usage.ts';

/** As node's parseArgs; `command` is what the options belong to, as the person typed it. Throws BadUsage. */
export function parseOptions<const Config extends ParseArgsConfig>(
  config: Config,
  command: string,
): ReturnType<typeof parseArgs<Config>> {
  try {
    return parseArgs(config);
  } catch (error) {
    throw new BadUsage(inOurWords(error as NodeJS.ErrnoException, command));
  }
}

/** Node's own words are for programmers; what they are about stands in their first quotes, as '-q, --quiet' or '--url <value>'. */
function inOurWords({ code, message }: NodeJS.ErrnoException, command: string): string {
  const about = /'(?:-\w, )?(.+?)(?: <value>)?'/.exec(message)?.[1];
  if (about === undefined) return message;
  if (code === 'ERR_PARSE_ARGS_UNKNOWN_OPTION') return `There is no option ${about} for ${command}.`;
  if (code === 'ERR_PARSE_ARGS_UNEXPECTED_POSITIONAL') return `${command} takes no ${about}.`;
  if (message.includes('does not take')) return `${about} takes no value.`;
  if (message.includes('ambiguous'))
    return `${about} takes a value; one that starts with a dash: ${about}=-…`;
  return `${about} takes a value.`;
}
