import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { beforeAll, expect, it } from '@jest/globals';
import type { Page } from 'playwright-core';
import { inBrowser } from '../support/browser.ts';
import { aTalkInParts, choose, holdPart, makeClips, openPage, talk } from '../support/page.ts';
import { aPageCloud } from '../support/page-cloud.ts';
import { temporaryFolders } from '../support/temporary-folder.ts';

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

/** What axe finds, by rule, with the elements it found it on. */
async function violations(tab: Page): Promise<string[]> {
  return tab.evaluate(`${axe}; axe.run().then(({ violations }) => violations.map(({ id, nodes }) =>
    id + ': ' + nodes.map(({ target }) => target.join(' ')).join(', ')))`);
}

const isTooWide = (tab: Page) =>
  tab.evaluate<boolean>('document.documentElement.scrollWidth > document.documentElement.clientWidth');

inBrowser('for everybody: the page', () => {
  const temporaryFolder = temporaryFolders();
  const { browser, pageUrl, api } = aPageCloud();
  let done: string;
  beforeAll(async () => {
    done = await api().start(talk, { segments: [{ start_time: 1, end_time: 3 }] });
    await api().ended(done);
  });

  it.each([
    ['light', 'wide', 1200],
    ['dark', 'wide', 1200],
    ['light', 'on a phone', 360],
    ['dark', 'on a phone', 360],
  ] as const)('in %s, %s, has no barrier that axe knows, and fits', async (colorScheme, _name, width) => {
    const options = { colorScheme, viewport: { width, height: 760 } };
    const { tab } = await openPage(browser(), pageUrl(), options);
    const found: Record<string, string[]> = {};
    const look = async (state: string) => {
      found[state] = await violations(tab);
      if (await isTooWide(tab)) found[state].push('too wide');
    };

    await tab.locator(`a[href="#/jobs/${done}"]`).waitFor();
    await look('home');
    await choose(tab, talk);
    await tab.getByText('I know which parts I want').click();
    await tab.getByRole('button', { name: 'Add a part' }).click();
    await tab.getByLabel('Start').fill('soon');
    await tab.getByRole('button', { name: 'Make clips' }).click();
    await tab.getByText('Start: a time like').waitFor();
    await look('refused settings');
    await tab.getByRole('button', { name: 'Remove this part' }).click();
    await tab.getByRole('button', { name: 'Take talk.mp4 off the list' }).click();
    await holdPart(tab, 2);
    await makeClips(tab, aTalkInParts(temporaryFolder(), 2));
    await tab.locator('.transfers strong', { hasText: 'Uploading: long-talk.mp4' }).waitFor();
    await look('uploading');
    await tab.goto(`${pageUrl()}#/jobs/${done}`);
    await tab.getByText('Done: 1 clip', { exact: true }).waitFor();
    await tab.locator('video').waitFor();
    await tab.getByText('What happened').click();
    await tab.getByText('Clip 1 is ready').waitFor();
    await look('done');
    await tab.getByRole('button', { name: 'Delete' }).click();
    await look('asking');

    expect(found).toEqual({ home: [], 'refused settings': [], uploading: [], done: [], asking: [] });
  });
});
