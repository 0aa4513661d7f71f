import { mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { MediaTooLarge } from '../../failures.ts';
import type { ClipSpan } from '../clip/clip-span.ts';
import { readProgress } from '../ffmpeg/read-progress.ts';
import { isRefusal } from '../ffmpeg/run-leniently.ts';
import { renderLimits } from '../ffmpeg/run-limits.ts';
import type { Tools } from '../ffmpeg/tools.ts';
import type { CandidateFiles } from '../poster/candidate-args.ts';
import type { Input } from '../reads/with-ranges.ts';
import type { OnProgress, SourceFacts } from '../types.ts';
import { candidatesArgs } from './candidates-args.ts';
import { checkJoins } from './check-joins.ts';
import { copyArgs } from './copy-args.ts';
import { copyFactsArgs, readCopyFacts } from './copy-facts.ts';
import { endsArgs } from './ends-args.ts';
import { joinArgs } from './join-args.ts';
import { type Copy, openCopy, wholeFile } from './open-copy.ts';
import { createPacketList, type Packet } from './packet-list.ts';
import { type CutEnd, type CutPlan, planCut } from './plan-cut.ts';
import { readStart, splice } from './transport-stream.ts';
import { Uncuttable } from './uncuttable.ts';

export interface Wanted {
  facts: SourceFacts;
  span: ClipSpan;
  /** The pictures, as an MP4, those that may be a poster, and the sound; all as `clipArgs` would make them. */
  picturePath: string;
  candidates: CandidateFiles;
  soundPath?: string;
  folder: string;
  onProgress?: OnProgress;
}

/**
 * The pictures of a clip, most of them copied, and its sound, from one reading of the source (docs/adr/0022). Answers how
 * long before the in point its first frame began; undefined where the source does not allow it, or what came out is not
 * what it should be: nothing is left of it then.
 */
export async function smartCut(
  tools: Tools,
  input: Input,
  wanted: Wanted,
): Promise<{ leadSeconds: number } | undefined> {
  const folder = join(wanted.folder, 'cut');
  await mkdir(folder);
  try {
    return await cut(tools, input, { ...wanted, folder });
  } catch (error) {
    const isOurs = !(error instanceof Uncuttable || error instanceof MediaTooLarge || isRefusal(error));
    if (isOurs) throw error;
    tools.log('A clip could not be cut the fast way', { reason: (error as Error).message });
    await rm(wanted.picturePath, { force: true });
    return undefined;
  } finally {
    await rm(folder, { recursive: true });
  }
}

async function cut(
  tools: Tools,
  { url, signal }: Input,
  { facts, span, picturePath, candidates, soundPath, folder, onProgress }: Wanted,
): Promise<{ leadSeconds: number }> {
  const file = (name: string) => join(folder, `${name}.ts`);
  const run = { signal, folder, ...renderLimits };
  const { packets, read } = createPacketList();
  await tools.ffmpeg(copyArgs(url, facts, span, { streamPath: file('copy'), soundPath }), {
    ...run,
    readers: [readProgress(span.durationSeconds, onProgress), read],
  });
  const plan = planCut(packets, span);
  const copy = await openCopy(file('copy'), packets.length, signal);
  await checkKeyframes(copy, packets, plan);

  const ends = plan.ends.map((end) => ({
    ...{ end, copyPath: file(`${end.side}-source`), path: file(end.side) },
    seenPath: join(folder, `${end.side}-seen.nut`),
  }));
  for (const { end, copyPath } of ends) {
    await splice([copy.tables, copy.packets(end.fromPacket, end.toPacket)], copyPath, signal);
  }
  if (ends.length > 0) {
    const copyFacts = readCopyFacts(await tools.ffprobe(copyFactsArgs(file('copy')), run));
    await tools.ffmpeg(endsArgs(ends, span, facts.video!, { ...copyFacts, ...plan }), run);
  }
  const made = async (side: CutEnd['side']) => {
    const paths = ends.filter(({ end }) => end.side === side).map(({ path }) => path);
    return Promise.all(paths.map(wholeFile));
  };
  const middle = copy.packets(plan.copied.fromPacket, plan.copied.toPacket);
  const parts = [copy.tables, ...(await made('head')), middle, ...(await made('tail'))];
  await splice(parts, file('joined'), signal);
  await rm(file('copy'));
  await tools.ffmpeg(joinArgs(file('joined'), span, picturePath), run);
  await checkJoins(tools, picturePath, ends, span, run);
  const keyframes = packets.slice(plan.copied.fromPacket, plan.copied.toPacket).filter(({ isKey }) => isKey);
  const keyframeCount = keyframes.length + ends.length;
  await tools.ffmpeg(
    candidatesArgs(picturePath, { video: facts.video!, span, keyframeCount }, candidates),
    run,
  );
  return { leadSeconds: plan.leadSeconds };
}

/** What is decoded on its own must be decodable so, and what is copied must be alike: the file has one size for all. */
async function checkKeyframes(
  copy: Copy,
  packets: readonly Packet[],
  { copied, ends }: CutPlan,
): Promise<void> {
  const decodedFrom = [copied, ...ends].map(({ fromPacket }) => fromPacket);
  const settings = new Set<string>();
  for (const [index, { isKey }] of packets.entries()) {
    const isCopied = index >= copied.fromPacket && index < copied.toPacket;
    if (!isKey || !(isCopied || decodedFrom.includes(index))) continue;
    const start = await readStart(copy.packets(index, index + 1));
    if (decodedFrom.includes(index) && !start.isIdr) throw new Uncuttable('A keyframe is none');
    if (start.settings) settings.add(start.settings);
  }
  if (settings.size !== 1) throw new Uncuttable('Its pictures are not of one kind');
}
