import { limits } from '../core/limits.ts';

/** More is drawn on no clip. */
const longestSidePixels = 640;

/** A chosen image as the PNG that the API takes, in base64; undefined for what this browser knows no image in. */
export async function readWatermark(file: File): Promise<string | undefined> {
  const image = await createImageBitmap(file).catch(() => undefined);
  if (!image) return undefined;
  // A photo as a PNG is large: it may have to become smaller.
  for (let sidePixels = longestSidePixels; ; sidePixels /= 2) {
    const png = await drawPng(image, sidePixels);
    if (png.size <= limits.watermark.bytes) return toBase64(png);
  }
}

function drawPng(image: ImageBitmap, sidePixels: number): Promise<Blob> {
  const scale = Math.min(1, sidePixels / Math.max(image.width, image.height));
  const [width, height] = [image.width, image.height].map((side) => Math.max(1, Math.round(side * scale)));
  const canvas = new OffscreenCanvas(width!, height!);
  const context = canvas.getContext('2d')!;
  context.imageSmoothingQuality = 'high';
  context.drawImage(image, 0, 0, width!, height!);
  return canvas.convertToBlob({ type: 'image/png' });
}

async function toBase64(blob: Blob): Promise<string> {
  const reader = new FileReader();
  const read = new Promise((resolve) => reader.addEventListener('load', resolve));
  reader.readAsDataURL(blob);
  await read;
  return String(reader.result).replace(/^[^,]*,/, '');
}
