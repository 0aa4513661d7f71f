import { closeSync, ftruncateSync, openSync, readFileSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';

export const talk = join(import.meta.dirname, '../media/fixtures/talk.mp4');
const partBytes = 16 * 1024 ** 2;

/** The talk with so much room behind it (a `free` box, which players pass over) that it goes up in `parts` parts. */
export function aTalkInParts(folder: string, parts: number, name = 'long-talk.mp4'): string {
  const path = join(folder, name);
  const content = readFileSync(talk);
  const roomBytes = parts * partBytes - content.length - 1000;
  const box = Buffer.alloc(8);
  box.writeUInt32BE(roomBytes, 0);
  box.write('free', 4);
  const file = openSync(path, 'w');
  writeSync(file, Buffer.concat([content, box]));
  ftruncateSync(file, content.length + roomBytes);
  closeSync(file);
  return path;
}

/** A tab with the page open; what it should never do (errors, refused by its policy) is collected in `faults`. */
export async function openPage(browser: Browser, url: string, options: BrowserContextOptions = {}) {
  const context = await browser.newContext({ viewport: { width: 1200, height: 850 }, ...options });
  // A machine that is busy cutting clips answers late.
  context.setDefaultTimeout(90_000);
  const tab = await context.newPage();
  const faults: string[] = [];
  tab.on('pageerror', (error) => faults.push(error.message));
  tab.on('console', (message) => {
    if (/content security policy/i.test(message.text())) faults.push(message.text());
  });
  await tab.goto(url);
  await tab.getByRole('button', { name: 'choose files' }).waitFor();
  return { context, tab, faults };
}

export async function choose(tab: Page, ...paths: string[]): Promise<void> {
  await tab.locator('.uppy-Dashboard-input').first().setInputFiles(paths);
}

export interface Wishes {
  clips?: number;
  shortest?: number;
  longest?: number;
}

/** Chooses, fills in the form and begins. */
export async function makeClips(
  tab: Page,
  path: string,
  { clips = 2, shortest = 3, longest = 5 }: Wishes = {},
) {
  await choose(tab, path);
  await tab.getByLabel('Clips', { exact: true }).fill(String(clips));
  await tab.getByLabel('Shortest clip').fill(String(shortest));
  await tab.getByLabel('Longest clip').fill(String(longest));
  await tab.getByRole('button', { name: 'Make clips' }).click();
}

/** The numbers of the parts that S3 took, in the order in which it did. */
export function watchParts(tab: Page): number[] {
  const taken: number[] = [];
  tab.on('response', (response) => {
    const part = new URL(response.url()).searchParams.get('partNumber');
    if (part && response.request().method() === 'PUT' && response.ok()) taken.push(Number(part));
  });
  return taken;
}

/** Keeps this part on the way, for ever or until the answered function is called. */
export async function holdPart(tab: Page, partNumber: number): Promise<() => void> {
  let release = () => {};
  const released = new Promise<void>((resolve) => {
    release = resolve;
  });
  const ofPart = (url: URL) => url.searchParams.get('partNumber') === String(partNumber);
  await tab.route(ofPart, async (route) => {
    if (route.request().method() === 'PUT') await released;
    await route.continue().catch(() => {});
  });
  // The route stays: a request that is on its way to it while it's taken away waits for ever.
  return release;
}
