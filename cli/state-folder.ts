import { homedir } from 'node:os';
import { isAbsolute, join } from 'node:path';

/** Where unfinished uploads are remembered, as the XDG Base Directory Specification has it: relative paths don't count. */
export function stateFolder({ XDG_STATE_HOME: state = '' }: { XDG_STATE_HOME?: string }): string {
  return join(isAbsolute(state) ? state : join(homedir(), '.local', 'state'), 'clipwright');
}
