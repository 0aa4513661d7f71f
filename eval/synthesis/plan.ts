export interface Range {
  startSeconds: number;
  endSeconds: number;
}

/** A stretch of speech without a pause of 250 ms. */
export interface Phrase extends Range {
  /** Index into `Plan.speakers`. */
  speaker: number;
  gainDb: number;
  syllablesPerSecond: number;
  /** How far the melody moves, octaves. */
  melodyOctaves: number;
}

export interface Noise extends Range {
  kind: 'laughter' | 'applause' | 'music' | 'bang' | 'engine';
  gainDb: number;
}

export interface Speaker {
  pitchHz: number;
  /** Length of the vocal tract against a man's: women and children have shorter ones, so higher formants. */
  formantScale: number;
  /** How breathy or pressed: the slope of the glottal spectrum, 0–1. */
  brightness: number;
}

export type PassageKind = 'exchange' | 'animated' | 'laughter';

/** A passage that a person would want as a clip. */
export interface PlantedPassage extends Range {
  kind: PassageKind;
}

/** All of a recording but its samples: what is said, by whom, when, and what was planted in it. */
export interface Plan {
  name: string;
  seed: number;
  durationSeconds: number;
  /** Spliced from recordings of real people, where there are such. */
  isSpliced: boolean;
  speakers: Speaker[];
  phrases: Phrase[];
  noises: Noise[];
  passages: PlantedPassage[];
  /** dBFS RMS, where speech is at about −22. */
  noiseFloorDb: number;
  /** Music under all of it, dB against speech; absent if there is none. */
  bedDb?: number;
  /** The gain goes up or down by so much over the recording. */
  driftDb: number;
}
