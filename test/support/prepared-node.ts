import { join } from 'node:path';

/** Node's options in our npm scripts: what was stripped of its types and compiled once isn't again at each start. */
export const preparedNode = ['--import', join(import.meta.dirname, '../../local/prepare-node.mjs')];
