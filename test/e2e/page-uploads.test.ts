import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from '@jest/globals';
import { inBrowser } from '../support/browser.ts';
import { eventually } from '../support/eventually.ts';
import { aTalkInParts, choose, holdPart, makeClips, openPage, talk, watchParts } from '../support/page.ts';
import { aPageCloud } from '../support/page-cloud.ts';
import { temporaryFolders } from '../support/temporary-folder.ts';

inBrowser('an upload from the page', () => {
  const temporaryFolder = temporaryFolders();
  const { browser, pageUrl, api } = aPageCloud();

  it('tells of each file why it is refused, also beside one that is taken', async () => {
    const { tab } = await openPage(browser(), pageUrl());
    const refused = ['empty.mp4', 'a.txt', 'b.txt'].map((name) => join(temporaryFolder(), name));
    for (const path of refused) writeFileSync(path, path.endsWith('.txt') ? 'text' : '');

    await choose(tab, ...refused, talk);
    await tab.getByRole('button', { name: 'Take talk.mp4 off the list' }).waitFor();
    const reasons = await tab.locator('#drop-errors').innerText();
    await choose(tab, talk, ...refused.slice(0, 1));
    const again = await tab.locator('#drop-errors').innerText();

    expect(reasons.split('\n')).toEqual([
      'empty.mp4: Empty.',
      expect.stringMatching(/^a\.txt, b\.txt: No video or audio/),
    ]);
    expect(again.split('\n')).toEqual(['talk.mp4: Chosen already.', 'empty.mp4: Empty.']);
  });

  it('goes on after a reload with the same file, sending no finished part twice', async () => {
    const path = aTalkInParts(temporaryFolder(), 3);
    const { tab } = await openPage(browser(), pageUrl());
    const taken = watchParts(tab);
    const release = await holdPart(tab, 3);
    const warnings: string[] = [];
    tab.on('dialog', (dialog) => {
      warnings.push(dialog.type());
      void dialog.accept();
    });

    await makeClips(tab, path);
    await eventually(() => taken.length === 2);
    await tab.reload();
    release();
    await tab
      .locator('.transfers strong', { hasText: 'The upload was interrupted: long-talk.mp4' })
      .waitFor();
    await tab.locator('#choose-again').setInputFiles(path);

    await tab.getByText('Done: 2 clips', { exact: true }).waitFor();
    expect(warnings).toEqual(['beforeunload']);
    expect(taken).toEqual([1, 2, 3]);
  });

  it('waits while there is no connection and goes on by itself when there is one', async () => {
    const path = aTalkInParts(temporaryFolder(), 3);
    const { tab, context } = await openPage(browser(), pageUrl());
    const taken = watchParts(tab);
    const release = await holdPart(tab, 2);

    await makeClips(tab, path);
    await eventually(() => taken.length === 1);
    await context.setOffline(true);
    release();
    await tab.locator('.transfers strong', { hasText: 'Connection lost. It goes on by itself' }).waitFor();
    await context.setOffline(false);

    await tab.getByText('Done: 2 clips', { exact: true }).waitFor();
    expect(taken).toEqual([1, 2, 3]);
  });

  it('can be paused and resumed', async () => {
    const path = aTalkInParts(temporaryFolder(), 2);
    const { tab } = await openPage(browser(), pageUrl());
    const taken = watchParts(tab);
    const release = await holdPart(tab, 2);

    await makeClips(tab, path);
    await eventually(() => taken.length === 1);
    await tab.getByRole('button', { name: 'Pause' }).click();
    await tab.locator('.transfers strong', { hasText: 'Paused: long-talk.mp4' }).waitFor();
    release();
    await tab.getByRole('button', { name: 'Resume' }).click();

    await tab.getByText('Done: 2 clips', { exact: true }).waitFor();
    expect(taken).toEqual([1, 2]);
  });

  it('leaves nothing behind when it is cancelled', async () => {
    const path = aTalkInParts(temporaryFolder(), 2, 'given-up.mp4');
    const { tab } = await openPage(browser(), pageUrl());
    const taken = watchParts(tab);
    await holdPart(tab, 2);

    await makeClips(tab, path);
    await eventually(() => taken.length === 1);
    await tab.getByRole('button', { name: 'Cancel' }).click();

    await eventually(async () => {
      const { body } = await api().get('/api/jobs');
      return body.jobs.some((job: any) => job.filename === 'given-up.mp4' && job.status === 'cancelled');
    });
    await tab.getByRole('region', { name: 'Uploads' }).waitFor({ state: 'hidden' });
  });

  it('survives an S3 that answers 503 and breaks connections', async () => {
    const path = aTalkInParts(temporaryFolder(), 2);
    const { tab } = await openPage(browser(), pageUrl());
    const taken = watchParts(tab);
    let calls = 0;
    await tab.route(
      (url) => url.searchParams.has('partNumber'),
      async (route) => {
        calls += 1;
        if (route.request().method() !== 'PUT' || calls % 2 === 0) return route.continue();
        return calls % 4 === 1 ? route.fulfill({ status: 503 }) : route.abort('connectionreset');
      },
    );

    await makeClips(tab, path);

    await tab.getByText('Done: 2 clips', { exact: true }).waitFor();
    expect(taken).toEqual([1, 2]);
  });

  it('that the API refuses to go on with says why, in the words of the API', async () => {
    const path = aTalkInParts(temporaryFolder(), 2, 'refused.mp4');
    const { tab } = await openPage(browser(), pageUrl());
    const taken = watchParts(tab);
    const release = await holdPart(tab, 1);

    await makeClips(tab, path);
    const jobOf = async () =>
      (await api().get('/api/jobs')).body.jobs.find(({ filename }: any) => filename === 'refused.mp4');
    await eventually(async () => Boolean(await jobOf()));
    await api().post(`/api/jobs/${(await jobOf()).job_id}/cancel`, undefined);
    release();

    await tab.locator('.transfers strong', { hasText: 'The upload stopped: refused.mp4' }).waitFor();
    await tab.getByText('This upload is no longer open').first().waitFor();
    expect(await tab.getByRole('button', { name: 'Try again' }).isVisible()).toBe(true);
    expect(taken).not.toContain(2);
  });
});
