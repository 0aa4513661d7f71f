import type { Random } from '../../eval/synthesis/random.ts';

/** What hostile files are made of. */
export interface Ground {
  /** For files that ffmpeg makes. */
  folder: string;
  /** Good recordings, to be spoilt: those there are, and one of them, made when it's first asked for. */
  containers: readonly string[];
  base(container: string): Buffer;
  /** What no file may reach: see Canaries. */
  bait: Bait;
}

/** Names of things outside of the uploaded file, which a hostile file tries to pull in. */
export interface Bait {
  /** Recordings that nothing else looks and sounds like. */
  mediaPath: string;
  mediaUrl: string;
  /** A WAV: whatever part of it is read is that sound. */
  soundPath: string;
  /** A text with a word that is nowhere else. */
  textPath: string;
  host: string;
  port: number;
}

/** Makes a file of a kind: the same ground and the same chance, the same bytes. */
export type Spoil = (ground: Ground, random: Random) => Buffer;
