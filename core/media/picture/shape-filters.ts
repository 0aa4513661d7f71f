import type { Fit } from '../clip/clip-look.ts';
import type { PictureSize } from '../clip/clip-size.ts';

/** The blurred ground is made this much smaller, and then enlarged: that blurs too, and costs little. */
const groundScale = 4;

/**
 * Brings a picture of one size into another, from the pad `input` to the pad `output`: filters of a graph. All
 * sides must be even.
 */
export function shapeFilters(
  input: string,
  output: string,
  from: PictureSize,
  to: PictureSize,
  fit: Fit,
): string {
  const exact = scaleTo(to);
  if (isSame(from, to)) return `[${input}]null[${output}]`;
  const inside = largestInside(from, to);
  if (isSame(inside, to)) return `[${input}]${exact},setsar=1[${output}]`;
  switch (fit) {
    case 'crop': {
      const cut = largestInside(to, from);
      return `[${input}]crop=${cut.widthPixels}:${cut.heightPixels},${exact},setsar=1[${output}]`;
    }
    case 'pad': {
      const place = `pad=${to.widthPixels}:${to.heightPixels}:${offsets(inside, to).join(':')}`;
      return `[${input}]${scaleTo(inside)},setsar=1,${place}[${output}]`;
    }
    case 'blur': {
      const cut = largestInside(to, from);
      const [small, large] = [`${output}ground`, `${output}whole`];
      const ground = {
        widthPixels: even(to.widthPixels / groundScale),
        heightPixels: even(to.heightPixels / groundScale),
      };
      return [
        `[${input}]split[${small}][${large}]`,
        `[${small}]crop=${cut.widthPixels}:${cut.heightPixels},${scaleTo(ground, 'area')}` +
          `,gblur=sigma=8,${scaleTo(to, 'bilinear')},setsar=1[${small}ed]`,
        `[${large}]${scaleTo(inside)},setsar=1[${large}ed]`,
        `[${small}ed][${large}ed]overlay=${offsets(inside, to).join(':')}[${output}]`,
      ].join(';');
    }
    default:
      return fit satisfies never;
  }
}

/** The largest size of the shape of `shape` that fits into `room`, to the nearest even number. */
export function largestInside(shape: PictureSize, room: PictureSize): PictureSize {
  const scale = Math.min(room.widthPixels / shape.widthPixels, room.heightPixels / shape.heightPixels);
  return {
    widthPixels: Math.min(even(shape.widthPixels * scale), room.widthPixels),
    heightPixels: Math.min(even(shape.heightPixels * scale), room.heightPixels),
  };
}

/** Where a picture begins that stands in the middle: even, as its colours come for two pixels at once. */
function offsets(inner: PictureSize, outer: PictureSize): [number, number] {
  const half = (pixels: number) => 2 * Math.floor(pixels / 4);
  return [half(outer.widthPixels - inner.widthPixels), half(outer.heightPixels - inner.heightPixels)];
}

function scaleTo({ widthPixels, heightPixels }: PictureSize, flags = 'bicubic'): string {
  return `scale=${widthPixels}:${heightPixels}:flags=${flags}`;
}

function even(pixels: number): number {
  return Math.max(2, 2 * Math.round(pixels / 2));
}

function isSame(one: PictureSize, other: PictureSize): boolean {
  return one.widthPixels === other.widthPixels && one.heightPixels === other.heightPixels;
}
