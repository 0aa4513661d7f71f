// Loaded by `node --import` before any TypeScript: an older Node could not even read the file that would complain.
const [major, minor] = process.versions.node.split('.').map(Number);
if (major < 22 || (major === 22 && minor < 18)) {
  console.error(
    `Clipwright needs Node.js 22.18 or later; this is ${process.versions.node}. ` +
      'On Linux, `npm ci` installs the right one for `npm start` (unless optional dependencies are left out).',
  );
  process.exit(1);
}
