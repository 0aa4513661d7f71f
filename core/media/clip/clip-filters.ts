import { type Overlays, overlayFilters, watermarkFilters } from '../picture/overlay-filters.ts';
import { pictureFilters } from '../picture/picture-filters.ts';
import { shapeFilters } from '../picture/shape-filters.ts';
import { waveformFilters } from '../picture/waveform-filters.ts';
import { candidateFilters, spreadOverClip } from '../poster/candidate-args.ts';
import { keptSeconds, soundFilters } from '../sound/sound-filters.ts';
import type { SourceFacts } from '../types.ts';
import type { ClipOutput } from './clip-look.ts';
import { clipSize } from './clip-size.ts';
import type { ClipSpan } from './clip-span.ts';
import { outputSize } from './output-size.ts';

/**
 * The filter graph of a clip. Its inputs come with the in point as time 0 and everything that was decoded on
 * the way there before it; its outputs are `[v0]`, `[v1]` … for each output, what `candidateOutputs` writes and, for a
 * source with sound, `[a]`.
 */
export function clipFilters(
  facts: SourceFacts,
  span: ClipSpan,
  outputs: readonly ClipOutput[],
  overlays: Overlays,
): string {
  const sizes = outputs.map(({ shape }) => outputSize(facts, shape));
  return [
    ...soundChains(facts, span, outputs.length),
    ...(facts.video
      ? [
          `[0:${facts.video.streamIndex}]${pictureFilters(facts.video, span)},${split('upright', outputs.length)}`,
          ...outputs.map(({ fit }, n) =>
            shapeFilters(`upright${n}`, `shaped${n}`, clipSize(facts.video!), sizes[n]!, fit),
          ),
        ]
      : sizes.map((size, n) => waveformFilters(`wave${n}`, `shaped${n}`, size, span))),
    ...watermarkFilters(sizes, overlays),
    ...sizes.map((_, n) => overlayFilters(`shaped${n}`, `drawn${n}`, n, overlays)),
    ...sizes.map((size, n) =>
      candidateFilters(n, { input: `drawn${n}`, output: `v${n}`, size, select: spreadOverClip(span) }),
    ),
  ].join(';');
}

/** The sound for the clip, and a copy of it for each waveform where there is no picture. */
function soundChains(facts: SourceFacts, span: ClipSpan, waveforms: number): string[] {
  const { video, audio } = facts;
  if (!audio && !video) throw new TypeError('A source has video or audio');
  if (!audio) return [];
  if (video) return [soundChain(facts, span)];
  return [soundChain(facts, span, 'heard'), '[heard]asplit[a][waves]', `[waves]a${split('wave', waveforms)}`];
}

/** The sound of a source that has some, from its track to the pad `output`. */
export function soundChain(facts: SourceFacts, span: ClipSpan, output = 'a'): string {
  return `[0:${facts.audio?.streamIndex}]${soundFilters(span, keptSeconds(facts, span))}[${output}]`;
}

/** `split=2[name0][name1]` */
function split(name: string, count: number): string {
  return `split=${count}${Array.from({ length: count }, (_, n) => `[${name}${n}]`).join('')}`;
}
