import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from '@jest/globals';
import { inBrowser } from '../support/browser.ts';
import { eventually } from '../support/eventually.ts';
import { firstHalfOf } from '../support/media.ts';
import { choose, makeClips, openPage, talk } from '../support/page.ts';
import { aPageCloud } from '../support/page-cloud.ts';
import { temporaryFolders } from '../support/temporary-folder.ts';

// As text: these types are a browser's, not ours.
const video = 'document.querySelector("video")';

inBrowser('the page', () => {
  const temporaryFolder = temporaryFolders();
  const { browser, pageUrl, api } = aPageCloud();

  it('makes clips of a recording, which play and can be downloaded', async () => {
    const { tab, faults } = await openPage(browser(), pageUrl());

    await makeClips(tab, talk);

    await tab.getByText('Done: 2 clips', { exact: true }).waitFor();
    await tab.locator('video').first().waitFor();
    await tab.evaluate(`${video}.muted = true; ${video}.play()`);
    await eventually(async () => (await tab.evaluate<number>(`${video}.currentTime`)) > 1);
    const [download] = await Promise.all([
      tab.waitForEvent('download'),
      tab.getByRole('link', { name: /^Download clip 1/ }).click(),
    ]);
    expect(download.suggestedFilename()).toMatch(/\.mp4$/);
    expect(faults).toEqual([]);
  });

  it('cuts exactly the parts that were given, at times as people write them', async () => {
    const { tab } = await openPage(browser(), pageUrl());

    await choose(tab, talk);
    await tab.getByText('I know which parts I want').click();
    await tab.getByRole('button', { name: 'Add a part' }).click();
    await tab.getByLabel('Start').fill('0:02');
    await tab.getByLabel('End').fill('0:06.5');
    await tab.getByLabel('Title').fill('The <b>opening</b>');
    await tab.getByRole('button', { name: 'Make clips' }).click();

    await tab.getByText('Done: 1 clip', { exact: true }).waitFor();
    await tab.getByRole('heading', { name: 'The <b>opening</b>' }).waitFor();
    await tab.getByText('0:02–0:06 · 4.5 s').waitFor();
  });

  it('says in plain words why a job failed, and offers no second try that would end alike', async () => {
    const path = join(temporaryFolder(), 'notes.mp4');
    writeFileSync(path, 'Not a recording at all.\n'.repeat(1000));
    const { tab } = await openPage(browser(), pageUrl());

    await makeClips(tab, path);

    await tab.getByText('This file is not a video or an audio recording').waitFor();
    expect(await tab.getByRole('button', { name: 'Try again' }).isVisible()).toBe(false);
  });

  it('tries again when asked, and keeps the clips that were finished', async () => {
    const segments = [1, 35].map((start_time) => ({ start_time, end_time: start_time + 3 }));
    const jobId = await api().start(firstHalfOf(talk, temporaryFolder()), { segments });
    await api().ended(jobId);
    const { tab } = await openPage(browser(), pageUrl());

    await tab.locator(`a[href="#/jobs/${jobId}"]`).click();
    await tab.getByText('Some clips could not be cut').waitFor();
    await tab.getByText('What happened').click();
    await tab.getByText(/^Clip 2 failed: /).waitFor();
    await tab.getByText(/^On AWS it cost about \$0\.0/).waitFor();
    await tab.getByRole('button', { name: 'Try again' }).click();
    await tab.getByText('Retried: attempt 2').waitFor();

    await eventually(async () => {
      const { body } = await api().get(`/api/jobs/${jobId}`);
      return body.attempt === 2 && body.status === 'failed';
    });
    await tab.getByText('Some clips could not be cut').waitFor();
    await tab.getByRole('link', { name: /^Download clip 1/ }).waitFor();
  });

  it('says that the service does not answer, and goes on when it does', async () => {
    const { tab } = await openPage(browser(), pageUrl());

    await tab.route('**/api/jobs*', (route) => route.abort());
    await tab.reload();
    await tab.getByText('The service does not answer').waitFor();
    await tab.unroute('**/api/jobs*');

    await tab.getByText('The service does not answer').waitFor({ state: 'hidden' });
  });

  it.each([
    ['#/jobs/%', 'This recording can’t be shown'],
    ['#/nothing', 'The best moments'],
  ])('opens at the address %s with something to see', async (hash, words) => {
    const { tab, faults } = await openPage(browser(), pageUrl());

    await tab.goto('about:blank');
    await tab.goto(pageUrl() + hash);

    await tab.getByText(words).first().waitFor();
    expect(faults).toEqual([]);
  });

  it('lists past jobs, opens one by its address, and deletes it when asked twice', async () => {
    const jobId = await api().start(talk, { segments: [{ start_time: 1, end_time: 3 }] });
    await api().ended(jobId);
    const { tab } = await openPage(browser(), pageUrl());

    await tab.locator(`a[href="#/jobs/${jobId}"]`).click();
    await tab.getByRole('heading', { level: 1, name: 'talk.mp4' }).waitFor();
    await tab.getByRole('button', { name: 'Delete' }).click();
    await tab.getByRole('button', { name: 'Keep it' }).click();
    expect((await api().get(`/api/jobs/${jobId}`)).status).toBe(200);
    await tab.getByRole('button', { name: 'Delete' }).click();
    await tab.getByRole('button', { name: 'Delete everything' }).click();

    await tab.getByRole('heading', { name: 'Your recordings' }).waitFor();
    await eventually(async () => (await tab.locator(`a[href="#/jobs/${jobId}"]`).count()) === 0);
    expect((await api().get(`/api/jobs/${jobId}`)).status).toBe(404);
  });

  it('refuses wrong settings and files where they are given, and remembers good settings', async () => {
    const { tab } = await openPage(browser(), pageUrl());
    const path = join(temporaryFolder(), 'holiday.jpg');
    writeFileSync(path, 'jpeg');

    await choose(tab, path);
    await tab.getByText('holiday.jpg: No video or audio file').waitFor();
    await makeClips(tab, talk, { clips: 3, shortest: 50, longest: 40 });
    await tab.getByText('Shortest: not more than the longest.').waitFor();

    expect(await tab.getByLabel('Shortest clip').getAttribute('aria-invalid')).toBe('true');
    expect(await tab.evaluate('document.activeElement.name')).toBe('min_duration');
    await tab.getByLabel('Shortest clip').fill('30');
    expect(await tab.getByText('Shortest: not more').count()).toBe(0);
    await tab.reload();
    expect(await tab.getByLabel('Clips', { exact: true }).inputValue()).toBe('3');
    expect(await tab.getByLabel('Shortest clip').inputValue()).toBe('30');
  });
});
