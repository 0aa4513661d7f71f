import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from '@jest/globals';
import { inBrowser } from '../support/browser.ts';
import { choose, makeClips, openPage, talk } from '../support/page.ts';
import { aPageCloud } from '../support/page-cloud.ts';
import { aPng } from '../support/pngs.ts';
import { temporaryFolders } from '../support/temporary-folder.ts';

const srt = '1\n00:00:00,000 --> 00:00:40,000\nHello there\n';
// As text: these types are a browser's, not ours.
const video = 'document.querySelector("video")';

inBrowser('shapes and captions on the page', () => {
  const temporaryFolder = temporaryFolders();
  const { browser, pageUrl } = aPageCloud();

  it('are asked for in the form, and each file can be had; the player shows the captions', async () => {
    const captions = join(temporaryFolder(), 'talk.srt');
    writeFileSync(captions, srt);
    const logo = join(temporaryFolder(), 'logo.png');
    writeFileSync(logo, aPng(3000, 1500));
    const { tab, faults } = await openPage(browser(), pageUrl());

    expect(await tab.getByLabel('Where it does not fit').isVisible()).toBe(false);
    await tab.getByLabel('Square').check();
    await tab.getByLabel('Where it does not fit').selectOption('Black bars');
    await tab.getByText('Captions', { exact: true }).click();
    await tab.getByLabel('Captions of this recording').setInputFiles(captions);
    await tab.getByText('Logo', { exact: true }).click();
    await tab.getByLabel('Image').setInputFiles(logo);
    await tab.getByLabel('Corner').selectOption('Top left');
    await makeClips(tab, talk, { clips: 1 });

    await tab.getByText('Done: 1 clip', { exact: true }).waitFor();
    await tab.getByText('All files').click();
    expect(await tab.locator('.clip-files a').allTextContents()).toEqual([
      expect.stringMatching(/^Video, as recorded, 1280 × 720 · /),
      expect.stringMatching(/^Poster, as recorded, /),
      expect.stringMatching(/^Video, square, black bars, 1080 × 1080 · /),
      expect.stringMatching(/^Poster, square, black bars, /),
      expect.stringMatching(/^Captions, VTT · /),
      expect.stringMatching(/^Captions, SRT · /),
    ]);
    const [download] = await Promise.all([
      tab.waitForEvent('download'),
      tab.getByRole('link', { name: /^Video, square/ }).click(),
    ]);
    expect(download.suggestedFilename()).toMatch(/-square-pad\.mp4$/);
    const shown = await tab.evaluate(`new Promise((resolve) => {
      const { track } = document.querySelector('track');
      ${video}.textTracks[0].addEventListener('cuechange', () => resolve(${video}.textTracks[0].activeCues[0].text));
      ${video}.textTracks[0].mode = 'showing';
      ${video}.muted = true;
      ${video}.play();
    })`);
    expect(shown).toBe('Hello there');
    expect(faults).toEqual([]);
    if (process.env.SHOTS) await tab.screenshot({ path: `${process.env.SHOTS}/job.png`, fullPage: true });
  });

  it('are refused where they are given: no shape, or a file without captions', async () => {
    const notes = join(temporaryFolder(), 'notes.srt');
    writeFileSync(notes, 'Nothing that is said\n');
    const { tab } = await openPage(browser(), pageUrl());

    await choose(tab, talk);
    await tab.getByLabel('As recorded').uncheck();
    await tab.getByText('Captions', { exact: true }).click();
    await tab.getByLabel('Captions of this recording').setInputFiles(notes);
    await tab.getByRole('button', { name: 'Make clips' }).click();

    await tab.getByText('Shapes: choose at least one. Captions: there are none in this file.').waitFor();
    if (process.env.SHOTS) await tab.screenshot({ path: `${process.env.SHOTS}/form.png`, fullPage: true });
    await tab.getByLabel('Upright').check();
    await tab.getByText('Captions: there are none in this file.', { exact: true }).waitFor();
    await tab.getByText('Logo', { exact: true }).click();
    await tab.getByLabel('Image').setInputFiles(notes);
    await tab.getByText('Logo: this is no image. A PNG, JPEG or WebP is.').waitFor();
  });
});
