// Loaded by `node --import` before any TypeScript: an older Node could not even read the file that would complain.
import * as module from 'node:module';
import { fileURLToPath } from 'node:url';

const [major, minor] = process.versions.node.split('.').map(Number);
if (major < 22 || (major === 22 && minor < 18)) {
  console.error(
    `Clipwright needs Node.js 22.18 or later; this is ${process.versions.node}. ` +
      'On Linux, `npm ci` installs the right one for `npm start` (unless optional dependencies are left out).',
  );
  process.exit(1);
}

// Types are stripped and code is compiled once, not at each start: that is most of the time a start takes.
module.enableCompileCache(fileURLToPath(new URL('../.clipwright/compile-cache', import.meta.url)));
