import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { evaluateFiles } from './evaluate-files.ts';
import { realMedia } from './real-media.ts';
import { realVoices } from './real-voices.ts';
import { makeRecording } from './recordings.ts';
import { addTallies, noTally, summaryOf, tableOf, tallyOf } from './tally.ts';

const usage = `npm run eval:segments [-- --runs N --seed S --json]
  Plants lively passages in N recordings (32), finds them, and says how well. Even ones are for tuning, odd ones
  are held out. --json ends with one line of the held-out figures.`;

const { values } = parseArgs({
  options: {
    runs: { type: 'string', default: '32' },
    seed: { type: 'string', default: '1' },
    json: { type: 'boolean', default: false },
    help: { type: 'boolean', default: false },
  },
});
const [runs, seed] = [Number(values.runs), Number(values.seed)];
if (values.help || !(runs >= 2) || !Number.isInteger(seed)) {
  console.log(usage);
  process.exit(values.help ? 0 : 2);
}

const fixtures = join(import.meta.dirname, '../test/media/fixtures');
const real = ['talk.mp4', 'speech.flac'].map((name) => join(fixtures, name));
const media = realMedia(process.env);
const voices = realVoices(await Promise.all(real.map(media.samples)));

const sets = { tuning: noTally, held_out: noTally };
let [heardSeconds, listenSeconds] = [0, 0];
for (let index = 0; index < runs; index += 1) {
  const recording = makeRecording({ seed: seed + index, voices: index % 4 >= 2 ? voices : undefined });
  const set = index % 2 === 0 ? 'tuning' : 'held_out';
  const tally = tallyOf(recording);
  sets[set] = addTallies(sets[set], tally);
  heardSeconds += recording.durationSeconds;
  listenSeconds += recording.listenSeconds;
  const { recall, mean_iou } = summaryOf(tally);
  const minutes = (recording.durationSeconds / 60).toFixed(1).padStart(5);
  console.log(
    `${recording.name.padEnd(14)}${minutes} min  ${set.padEnd(9)} recall ${recall.toFixed(2)}  IoU ${mean_iou.toFixed(2)}`,
  );
}

console.log(`\n${tableOf('Tuning', sets.tuning)}\n\n${tableOf('Held out', sets.held_out)}\n`);
console.log(`Analysed at ${Math.round(heardSeconds / listenSeconds)} times real time, without decoding.\n`);

const folder = await mkdtemp(join(tmpdir(), 'clipwright-eval-'));
try {
  const files = await evaluateFiles(media, { folder, real, seed, print: console.log });
  if (values.json) {
    const { held_out, tuning } = sets;
    console.log(JSON.stringify({ ...summaryOf(held_out), tuning: summaryOf(tuning), runs, seed, ...files }));
  }
} finally {
  await rm(folder, { recursive: true });
}
