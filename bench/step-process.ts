import { readFileSync } from 'node:fs';
import { createMedia } from '../core/media/create-media.ts';
import type { ByteSource } from '../core/media/types.ts';
import { resolveFfmpeg } from '../layers/ffmpeg/resolve-ffmpeg.ts';
import { fileSource } from '../test/support/file-source.ts';
import type { StepOrder, StepTaken } from './run-step.ts';

/** Clock ticks of the kernel's accounts, everywhere but on the oddest machines. */
const ticksASecond = 100;

// The work of one step on a local file, in a process of its own: it can be given fewer cores, and all that it took be told.
const { step, path, folder, range }: StepOrder = JSON.parse(process.argv[2]!);
const { signal } = new AbortController();
const media = createMedia(resolveFfmpeg(process.env));
const file = await fileSource(path);
let requests = 0;
const source: ByteSource = {
  sizeBytes: file.sizeBytes,
  read(...range) {
    requests += 1;
    return file.read(...range);
  },
};
const facts = step === 'select-segments' ? undefined : (await media.probe(source, { signal })).facts;

requests = 0;
const before = cpuSeconds();
const startedAt = performance.now();
const made = await work();
const taken: StepTaken = {
  wallSeconds: (performance.now() - startedAt) / 1000,
  cpuSeconds: cpuSeconds() - before,
  ...made,
  requests,
};
console.log(JSON.stringify(taken));

async function work(): Promise<{ bytesRead: number; audioPath?: string }> {
  switch (step) {
    case 'extract-audio': {
      const { audioPath, bytesRead } = await media.extractAudio(source, facts!, { folder, signal });
      return { audioPath, bytesRead };
    }
    case 'select-segments':
      await media.listen(source, { signal });
      return { bytesRead: source.sizeBytes };
    case 'find-scenes':
      return media.findScenes(source, facts!, { signal });
    case 'render-clip':
      return media.renderClip(source, facts!, range, { folder, signal });
    default:
      return step satisfies never;
  }
}

/** Of this process, and of those that it has started and seen end. */
function cpuSeconds(): number {
  const { user, system } = process.cpuUsage();
  const stat = readFileSync('/proc/self/stat', 'utf8');
  const [childUser, childSystem] = stat
    .slice(stat.lastIndexOf(')') + 2)
    .split(' ')
    .slice(13, 15);
  return (user + system) / 1e6 + (Number(childUser) + Number(childSystem)) / ticksASecond;
}
