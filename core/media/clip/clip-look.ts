import type { Cue } from '../captions/cue.ts';
import type { PngPicture } from '../picture/read-png.ts';

/** The source's own shape, 9:16 at 1080 × 1920, or 1:1 at 1080 × 1080. */
export type Shape = 'source' | 'vertical' | 'square';

/**
 * How a picture of another shape gets into it: cut off at the sides; whole, on a blurred copy of itself; whole, on
 * black. Of no matter for `source`, nor for a waveform, which is drawn in the shape.
 */
export type Fit = 'crop' | 'blur' | 'pad';

export interface ClipOutput {
  shape: Shape;
  fit: Fit;
}

/**
 * How a clip is taken out of its source: all of its pictures encoded anew; or as they are in the source where that is
 * possible, and only those at both ends encoded anew. The frames are the same.
 */
export const cuts = ['exact', 'fast'] as const;
export type Cut = (typeof cuts)[number];

/** What a clip looks and sounds like; the same moments of the source in one file for each output. */
export interface ClipLook {
  /** At least one. */
  outputs: ClipOutput[];
  /** Whether the sound is brought to −14 LUFS, its true peaks to −1 dBTP at most. */
  normalizeLoudness: boolean;
  /** Drawn over a waveform; pictures of their own keep free of it. */
  title?: string;
  /** Burnt in. Their times are the clip's: 0 is the in point. */
  captions?: Cue[];
  watermark?: Watermark;
  /** Default: exact. */
  cut?: Cut;
}

export const corners = ['top_left', 'top_right', 'bottom_left', 'bottom_right'] as const;
export type Corner = (typeof corners)[number];

/** Drawn over one corner of the picture. */
export interface Watermark {
  /** What `readPng` made of a PNG: that alone is safe to decode. */
  picture: PngPicture;
  position: Corner;
}

export const plainLook: ClipLook = {
  outputs: [{ shape: 'source', fit: 'crop' }],
  normalizeLoudness: true,
};
