import { readFileSync } from 'node:fs';
import type { Shipped } from './shipped-packages.ts';

interface Pin {
  program: string;
  package: string;
  version: string;
}

/** docs/licences.md */
export function licencesPage(packages: Shipped[]): string {
  const pins: Record<string, Pin[]> = JSON.parse(readFileSync('layers/ffmpeg/pins.json', 'utf8'));
  const programs = (pins.arm64 ?? []).map(
    (pin) => `| ${pin.program} | ${pin.package} ${pin.version} | GPL-3.0 |`,
  );
  const rows = packages.map(
    ({ name, version, licence, within }) => `| ${name} | ${version} | ${licence} | ${within.join(', ')} |`,
  );
  return `# Licences of what ships

Written by \`npm run licences\`; a test holds it to what the bundles hold. Clipwright itself is under Apache-2.0 (LICENSE).

## The ffmpeg layer

| what | from | licence |
| --- | --- | --- |
${programs.join('\n')}
| DejaVuSans-Bold.ttf 2.37 | fonts-dejavu-core 2.37-6 | Bitstream Vera, Arev |

The programs are unmodified and run as processes of their own: nothing of ours is linked with them. Their builds hold x264 and
x265 and are under the GPL, version 3. Deploying the layer into your own account is use; who hands it on owes the
source along with it (layers/ffmpeg/NOTICE). A layer of your own (\`ffmpegLayer\`) brings its own licence.

## Packages in the bundles

The command line holds none. Those of CDK are there for the functions that it puts into the stack itself.

| package | version | licence | in |
| --- | --- | --- | --- |
${rows.join('\n')}
`;
}
