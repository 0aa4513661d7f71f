import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import type { ClipOutput } from '../../core/media/clip/clip-look.ts';
import { resolveFfmpeg } from '../../layers/ffmpeg/resolve-ffmpeg.ts';
import { openChromium } from './play-in-chromium.ts';
import { type Result, runVariant } from './run-variant.ts';
import { variants } from './variants.ts';

const usage = `npm run eval:matrix -- [--only TEXT] [--shape SHAPE] [--ffmpeg PATH|shipped] [--json]
  Renders every kind of recording (or those with TEXT in their names) into every shape (or into one of source,
  vertical and square), and judges each clip. Exit code 1 when one is not right.`;

const everyOutput: ClipOutput[] = [
  { shape: 'source', fit: 'crop' },
  { shape: 'vertical', fit: 'crop' },
  { shape: 'square', fit: 'blur' },
  { shape: 'vertical', fit: 'pad' },
];

const { values } = parseArgs({
  options: {
    only: { type: 'string', default: '' },
    shape: { type: 'string' },
    ffmpeg: { type: 'string' },
    json: { type: 'boolean', default: false },
    help: { type: 'boolean', default: false },
  },
});
if (values.help) {
  console.log(usage);
  process.exit(0);
}

const paths = resolveFfmpeg({
  PATH: values.ffmpeg === 'shipped' ? '' : process.env.PATH,
  ...(values.ffmpeg && values.ffmpeg !== 'shipped' && { FFMPEG_PATH: values.ffmpeg }),
});
const outputs = everyOutput.filter(({ shape }) => shape === (values.shape ?? shape));
const chosen = variants.filter(({ name, file }) => `${name} ${file}`.includes(values.only));
const folder = mkdtempSync(join(tmpdir(), 'clipwright-matrix-'));
const stopping = new AbortController();
process.once('SIGINT', () => stopping.abort(new Error('Stopped')));
const browser = await openChromium();
const results: Result[] = [];
try {
  console.log(
    `ffmpeg ${paths.version}; ${browser ? `Chromium ${browser.version}` : 'no Chromium: not played'}\n`,
  );
  for (const variant of chosen) {
    const room = { folder, signal: stopping.signal, play: browser?.play };
    const row = await runVariant(paths, variant, outputs, room);
    stopping.signal.throwIfAborted();
    results.push(...row);
    console.log(describe(row));
  }
} finally {
  await browser?.close();
  rmSync(folder, { recursive: true, force: true });
}

const violations = results.reduce((sum, result) => sum + result.violations.length, 0);
const offsets = results.flatMap(({ offsetMs }) => (offsetMs === undefined ? [] : [Math.abs(offsetMs)]));
const counts = {
  variants: chosen.length,
  clips: results.length,
  played: browser ? results.length : 0,
  worst_offset_ms: Number(Math.max(0, ...offsets).toFixed(1)),
  violations,
};
console.log(
  values.json
    ? JSON.stringify(counts)
    : `\n${Object.entries(counts)
        .map(([name, count]) => `${name} ${count}`)
        .join(', ')}`,
);
if (violations > 0 || results.length === 0) process.exitCode = 1;

/** A line for the kind of recording, and one for each thing that is wrong. */
function describe(row: Result[]): string {
  const cells = row.map(({ offsetMs, loudnessLufs, violations: wrong }) =>
    [
      wrong.length > 0 ? '✗' : '✓',
      offsetMs === undefined ? '' : `${offsetMs.toFixed(1)} ms`,
      loudnessLufs === undefined ? '' : `${loudnessLufs.toFixed(1)} LUFS`,
    ]
      .join(' ')
      .padEnd(24),
  );
  const wrong = row.flatMap(({ output, violations: all }) =>
    all.map((one) => `    ${output.shape} ${output.fit}: ${one}`),
  );
  return [`${row[0]!.variant.name.padEnd(40)} ${cells.join('')}`.trimEnd(), ...wrong].join('\n');
}
