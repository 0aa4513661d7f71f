import { existsSync } from 'node:fs';
import { pathToFileURL } from 'node:url';
import { chromium } from 'playwright-core';

const places = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'];

/** Undefined where there is no Chromium. */
export async function openChromium() {
  const executablePath = places.find((path) => existsSync(path));
  if (!executablePath) return undefined;
  const browser = await chromium.launch({ executablePath, args: ['--no-sandbox', '--disable-gpu'] });
  const page = await browser.newPage();
  return {
    version: browser.version(),
    close: () => browser.close(),
    /** Plays a clip for a moment and answers what was wrong with that. */
    async play(path: string, [width, height]: readonly [number, number]): Promise<string[]> {
      await page.goto(pathToFileURL(path).href);
      const played = await page.evaluate(playVideo);
      return [
        ...(played.problem ? [`Chromium does not play it: ${played.problem}`] : []),
        ...(played.size === `${width}x${height}` ? [] : [`Chromium shows it as ${played.size}`]),
      ];
    },
  };
}

/** Runs in the page that Chromium makes of a video file. */
async function playVideo(): Promise<{ problem?: string; size: string }> {
  // biome-ignore lint/suspicious/noExplicitAny: a page's globals are not Node's
  const { document, setTimeout } = globalThis as any;
  const video = document.querySelector('video');
  video.muted = true;
  const patience = 15_000;
  const outcome = await Promise.race([
    new Promise((resolve) => {
      video.addEventListener('timeupdate', () => video.currentTime > 0.3 && resolve(undefined));
      video.addEventListener('error', () => resolve(`error ${video.error?.code}: ${video.error?.message}`));
      video.play().catch((error: unknown) => resolve(String(error)));
    }),
    new Promise((resolve) => setTimeout(() => resolve(`it is at ${video.currentTime} s`), patience)),
  ]);
  return { problem: outcome as string | undefined, size: `${video.videoWidth}x${video.videoHeight}` };
}
