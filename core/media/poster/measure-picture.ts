/** What can be seen of a picture. Brightness goes from 16, black, to 235, white. */
export interface PictureLook {
  meanBrightness: number;
  /** Of its darkest and its brightest tenth. */
  lowBrightness: number;
  highBrightness: number;
  /** How much of it is edges, on any scale; a blurred picture has few. */
  edges: number;
}

/** Measures a plane of brightness, a byte a pixel. */
export function measurePicture(luma: Uint8Array, widthPixels: number): PictureLook {
  const counts = new Uint32Array(256);
  for (let at = 0; at < luma.length; at += 1) counts[luma[at]!]! += 1;
  const sum = counts.reduce((total, count, brightness) => total + count * brightness, 0);
  return {
    meanBrightness: sum / luma.length,
    lowBrightness: brightnessAt(counts, 0.1 * luma.length),
    highBrightness: brightnessAt(counts, 0.9 * luma.length),
    edges: meanGradient(luma, widthPixels),
  };
}

/** Which brightness that many pixels have, or less. */
function brightnessAt(counts: Uint32Array, pixels: number): number {
  let seen = 0;
  return counts.findIndex((count) => {
    seen += count;
    return seen >= pixels;
  });
}

/** By Sobel's operator, over all pixels but those of the rim. */
function meanGradient(luma: Uint8Array, width: number): number {
  const height = Math.floor(luma.length / width);
  let sum = 0;
  for (let row = 1; row < height - 1; row += 1) {
    for (let at = row * width + 1; at < (row + 1) * width - 1; at += 1) {
      const above = at - width;
      const below = at + width;
      const rising = luma[above + 1]! + luma[below + 1]! - luma[above - 1]! - luma[below - 1]!;
      const falling = luma[below - 1]! + luma[below + 1]! - luma[above - 1]! - luma[above + 1]!;
      const across = rising + 2 * (luma[at + 1]! - luma[at - 1]!);
      const down = falling + 2 * (luma[below]! - luma[above]!);
      sum += Math.sqrt(across * across + down * down);
    }
  }
  return sum / Math.max(1, (width - 2) * (height - 2));
}
