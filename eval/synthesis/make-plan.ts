import type { Noise, PassageKind, Phrase, Plan, PlantedPassage, Range } from './plan.ts';
import { createRandom, type Random } from './random.ts';

export interface PlanWishes {
  seed: number;
  isSpliced?: boolean;
  /** Default: 3 to 20 minutes. */
  durationSeconds?: number;
}

/** Calm talk of one or two people, a lively passage planted every two to four minutes, and decoys that are only loud. */
export function makePlan({ seed, isSpliced = false, durationSeconds }: PlanWishes): Plan {
  const random = createRandom(seed);
  const length = durationSeconds ?? Math.round(180 * (20 / 3) ** random.between(0, 1));
  const speakers = [0, 1, 2].map((index) => ({
    pitchHz:
      (index % 2 === 0 ? random.between(90, 135) : random.between(165, 235)) * random.between(0.95, 1.05),
    formantScale: index % 2 === 0 ? random.between(0.95, 1.05) : random.between(1.1, 1.22),
    brightness: random.between(0.2, 0.8),
  }));
  const passages = plantPassages(random, length);
  const noises = decoys(random, length, passages);
  const phrases = writePhrases(random, length, passages, noises);
  const hasBed = random.chance(0.35);
  return {
    name: `${isSpliced ? 'spliced' : 'synthetic'}-${seed}`,
    seed,
    durationSeconds: length,
    isSpliced,
    speakers,
    phrases,
    noises,
    passages,
    noiseFloorDb: random.between(-72, -42),
    bedDb: hasBed ? random.between(-26, -16) : undefined,
    driftDb: random.chance(0.5) ? random.between(-10, 10) : 0,
  };
}

const kinds: PassageKind[] = ['exchange', 'animated', 'laughter'];

function plantPassages(random: Random, durationSeconds: number): PlantedPassage[] {
  const count = Math.max(1, Math.round(durationSeconds / random.between(120, 240)));
  const passages: PlantedPassage[] = [];
  for (let attempt = 0; attempt < 500 && passages.length < count; attempt += 1) {
    const startSeconds = random.between(8, durationSeconds - 60);
    const passage = {
      startSeconds,
      endSeconds: startSeconds + random.between(18, 48),
      kind: random.oneOf(kinds),
    };
    if (passages.every((other) => !touch(passage, other, 25))) passages.push(passage);
  }
  return passages.sort((a, b) => a.startSeconds - b.startSeconds);
}

/** Loud, but nothing that anybody would post. */
function decoys(random: Random, durationSeconds: number, passages: PlantedPassage[]): Noise[] {
  const wished: Noise[] = [
    decoy(random, 'music', random.oneOf([0, random.between(0, durationSeconds - 40)]), random.between(8, 30)),
    decoy(random, 'engine', random.between(0, durationSeconds - 30), random.between(8, 20)),
    ...Array.from({ length: 3 }, () => decoy(random, 'bang', random.between(0, durationSeconds - 1), 0.3)),
  ];
  const kept: Noise[] = [];
  for (const noise of wished) {
    if ([...passages, ...kept].every((other) => !touch(noise, other, 3))) kept.push(noise);
  }
  return kept;
}

function decoy(random: Random, kind: Noise['kind'], startSeconds: number, seconds: number): Noise {
  const gainDb = kind === 'bang' ? random.between(8, 14) : random.between(0, 5);
  return { kind, startSeconds, endSeconds: startSeconds + seconds, gainDb };
}

/** Who says what when. Laughter is added to `noises` as it comes up. */
function writePhrases(
  random: Random,
  durationSeconds: number,
  passages: PlantedPassage[],
  noises: Noise[],
): Phrase[] {
  const phrases: Phrase[] = [];
  const isDialogue = random.chance(0.5);
  let speaker = 0;
  let turnEnds = random.between(15, 60);
  let at = random.between(0.3, 2);
  while (at < durationSeconds - 2) {
    const blocking = noises.find(
      (noise) =>
        (noise.kind === 'music' || noise.kind === 'engine') &&
        touch(noise, { startSeconds: at, endSeconds: at + 4 }, 0.5),
    );
    if (blocking) {
      at = blocking.endSeconds + random.between(0.6, 1.2);
      continue;
    }
    const passage = passages.find(
      ({ startSeconds, endSeconds }) => at >= startSeconds - 0.5 && at < endSeconds - 1,
    );
    const manner = passage ? mannerOf[passage.kind] : calm;
    const upcoming =
      passage?.endSeconds ?? passages.find(({ startSeconds }) => startSeconds > at)?.startSeconds;
    const room = Math.min(upcoming ?? durationSeconds, durationSeconds - 0.5) - at;
    const seconds = Math.max(0.6, Math.min(random.between(...manner.phraseSeconds), room));
    phrases.push({
      startSeconds: at,
      endSeconds: at + seconds,
      speaker,
      gainDb: random.between(...manner.gainDb),
      syllablesPerSecond: random.between(...manner.syllablesPerSecond),
      melodyOctaves: random.between(...manner.melodyOctaves),
    });
    at += seconds;

    if (passage?.kind === 'laughter' && random.chance(0.4) && room > seconds + 4) {
      const laughs = random.between(1.2, 3);
      const kind = random.chance(0.75) ? 'laughter' : 'applause';
      noises.push({
        kind,
        startSeconds: at + 0.1,
        endSeconds: at + 0.1 + laughs,
        gainDb: random.between(-3, 3),
      });
      at += laughs + 0.15;
    }
    at += random.between(...manner.gapSeconds);
    if (random.chance(0.12)) at += random.between(0.5, 1.5) * (passage ? 0.4 : 1);
    const turns = passage ? random.chance(manner.turnChance) : isDialogue && at > turnEnds;
    if (turns) {
      speaker = (speaker + random.whole(1, passage ? 2 : 1)) % (passage ? 3 : 2);
      turnEnds = at + random.between(15, 60);
    }
    if (!passage && !isDialogue) speaker = 0;
  }
  return phrases;
}

type Span = [min: number, max: number];
interface Manner {
  phraseSeconds: Span;
  gapSeconds: Span;
  gainDb: Span;
  syllablesPerSecond: Span;
  melodyOctaves: Span;
  turnChance: number;
}

const calm: Manner = {
  phraseSeconds: [1.5, 4.5],
  gapSeconds: [0.3, 1.1],
  gainDb: [-2, 2],
  syllablesPerSecond: [3.2, 4.6],
  melodyOctaves: [0.1, 0.3],
  turnChance: 0,
};

const mannerOf: Record<PassageKind, Manner> = {
  exchange: {
    ...calm,
    phraseSeconds: [0.7, 2.6],
    gapSeconds: [0.02, 0.45],
    gainDb: [-1, 4],
    syllablesPerSecond: [4.2, 5.8],
    turnChance: 0.75,
  },
  animated: {
    ...calm,
    phraseSeconds: [1.5, 4],
    gapSeconds: [0.15, 0.6],
    gainDb: [1, 6],
    syllablesPerSecond: [4.4, 6],
    melodyOctaves: [0.35, 0.7],
  },
  laughter: { ...calm, phraseSeconds: [1, 3.5], gapSeconds: [0.2, 0.7], gainDb: [-1, 4], turnChance: 0.35 },
};

function touch(a: Range, b: Range, marginSeconds: number): boolean {
  return a.startSeconds < b.endSeconds + marginSeconds && b.startSeconds < a.endSeconds + marginSeconds;
}
