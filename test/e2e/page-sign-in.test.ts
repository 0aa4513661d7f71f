import { expect, it } from '@jest/globals';
import type { BrowserContext } from 'playwright-core';
import { inBrowser } from '../support/browser.ts';
import { eventually } from '../support/eventually.ts';
import { aTalkInParts, choose, holdPart, makeClips, talk, watchParts } from '../support/page.ts';
import { aPageCloud } from '../support/page-cloud.ts';
import { keep, kept, loadJobs, signInAgain } from '../support/page-sign-in.ts';
import { temporaryFolders } from '../support/temporary-folder.ts';

inBrowser('signing in to the page', () => {
  const temporaryFolder = temporaryFolders();
  const { browser, pageUrl } = aPageCloud({ auth: true });

  async function aContext(): Promise<BrowserContext> {
    const context = await browser().newContext();
    context.setDefaultTimeout(60_000);
    return context;
  }

  async function signedIn(user: 'alice' | 'bob', { context = aContext(), hash = '' } = {}) {
    const tab = await (await context).newPage();
    await tab.goto(`${pageUrl()}${hash}`);
    await tab.getByRole('link', { name: `Sign in as ${user}` }).click();
    await tab.getByRole('button', { name: 'Sign out' }).waitFor();
    return tab;
  }

  it('lets alice make clips, of which bob sees nothing', async () => {
    const alices = await signedIn('alice');
    await makeClips(alices, talk);
    await alices.getByText('Done: 2 clips', { exact: true }).waitFor();
    const { hash } = new URL(alices.url());

    const bobs = await signedIn('bob', { hash });

    expect(hash).toMatch(/^#\/jobs\/./);
    expect(new URL(bobs.url()).hash).toBe(hash);
    await bobs.getByText('There is no such job among yours.').waitFor();
    await bobs.getByRole('link', { name: 'Clipwright' }).click();
    await bobs.getByText('Nothing here yet').waitFor();
  });

  it('leaves neither code nor state in the address, and no way back to them', async () => {
    const tab = await signedIn('alice', { hash: '#/jobs/any' });

    expect(tab.url()).toBe(`${pageUrl()}#/jobs/any`);
    await tab.goBack();
    await tab.getByRole('link', { name: 'Sign in as alice' }).waitFor();
    expect(await kept(tab)).not.toHaveProperty('verifier');
  });

  it('renews a token that has ended, and one that the API does not take, without asking', async () => {
    const tab = await signedIn('alice');
    const first = await kept(tab);

    await keep(tab, { ...first, freshUntil: 0 });
    await loadJobs(tab);
    const second = await kept(tab);
    await keep(tab, { ...second, bearer: 'garbled' });
    const bearers = await loadJobs(tab);
    const third = await kept(tab);

    expect(second.freshUntil).toBeGreaterThan(Date.now() + 50 * 60_000);
    expect(bearers.slice(0, 2)).toEqual(['Bearer garbled', `Bearer ${third.bearer}`]);
  });

  it('asks again where nothing can be renewed, and an upload goes on where it was', async () => {
    const tab = await signedIn('alice');
    const taken = watchParts(tab);
    const release = await holdPart(tab, 2);
    await choose(tab, aTalkInParts(temporaryFolder(), 3));
    await tab.getByRole('button', { name: 'Make clips' }).click();
    await eventually(() => taken.includes(1));

    await keep(tab, { ...(await kept(tab)), bearer: 'garbled', refreshToken: 'garbled' });
    release();
    await signInAgain(tab, 'alice');

    await tab.waitForURL(/#\/jobs\/./);
    expect(taken.toSorted()).toEqual([1, 2, 3]);
  });

  it('asks again with a view kept, in this window where the browser opens no other', async () => {
    const tab = await signedIn('alice', { hash: '#/jobs/any' });
    await keep(tab, { bearer: 'garbled' });
    await tab.addInitScript('window.open = () => null');

    await tab.reload();
    await tab.getByRole('button', { name: 'Sign in again' }).click();
    await tab.getByRole('link', { name: 'Sign in as alice' }).click();

    await tab.waitForURL(`${pageUrl()}#/jobs/any`);
    await tab.getByText('There is no such job among yours.').waitFor();
  });

  it('keeps what was interrupted for who began it', async () => {
    const context = aContext();
    for (const user of ['alice', 'bob'] as const) {
      const tab = await signedIn(user, { context });
      await holdPart(tab, 1);
      await choose(tab, aTalkInParts(temporaryFolder(), 2, `of-${user}.mp4`));
      await tab.getByRole('button', { name: 'Make clips' }).click();
      await tab
        .getByText(/^Uploading/)
        .first()
        .waitFor();
      await tab.close();
    }

    const tab = await signedIn('alice', { context });
    await tab.getByText('The upload was interrupted', { exact: true }).waitFor();
    await tab.getByText('of-alice.mp4').first().waitFor();

    expect(await tab.getByText('of-bob.mp4').count()).toBe(0);
  });

  it('lets in who has a clock that is hours off', async () => {
    const context = await aContext();
    await context.clock.install({ time: Date.now() + 5 * 3600_000 });

    const tab = await signedIn('alice', { context: Promise.resolve(context) });

    await tab.getByRole('heading', { name: 'Your recordings' }).waitFor();
    expect((await kept(tab)).freshUntil).toBeGreaterThan(await tab.evaluate<number>('Date.now()'));
  });

  it('shows another person their own page', async () => {
    const tab = await signedIn('alice');
    const alice = await kept(tab);
    await keep(tab, { ...alice, bearer: 'garbled', refreshToken: undefined });

    await tab.reload();
    const loadedAnew = tab.waitForEvent('load');
    await signInAgain(tab, 'bob');
    await loadedAnew;
    await tab.getByRole('button', { name: 'Sign out' }).waitFor();

    expect((await kept(tab)).subject).not.toBe(alice.subject);
  });

  it('starts anew with tokens that make no sense', async () => {
    const tab = await signedIn('alice');
    await tab.evaluate('sessionStorage.setItem("tokens", "{")');

    await tab.reload();

    await tab.getByRole('link', { name: 'Sign in as alice' }).waitFor();
  });

  it('says in plain words that somebody was not let in, and lets them try again', async () => {
    const tab = await (await aContext()).newPage();
    await tab.goto(`${pageUrl()}#/jobs/any`);

    await tab.getByRole('link', { name: 'a stranger' }).click();
    await tab.getByRole('heading', { name: 'You are not signed in' }).waitFor();
    await tab.getByText('You were not let in.').waitFor();
    await tab.getByRole('button', { name: 'Sign in' }).click();
    await tab.getByRole('link', { name: 'Sign in as bob' }).click();

    await tab.waitForURL(`${pageUrl()}#/jobs/any`);
  });

  it('takes no answer to a sign-in that it did not begin', async () => {
    const tab = await (await aContext()).newPage();
    await tab.goto(pageUrl());
    await tab.getByRole('link', { name: 'Sign in as bob' }).waitFor();
    const begun = new URL(tab.url());
    begun.searchParams.set('state', 'of-somebody-else');
    begun.searchParams.set('user', 'bob');

    await tab.goto(begun.href);

    await tab.getByText('Signing in did not work.').waitFor();
    expect(await tab.evaluate('sessionStorage.getItem("tokens")')).toBeNull();
  });

  it('signs out in every tab', async () => {
    const context = aContext();
    const [tab, other] = [await signedIn('alice', { context }), await signedIn('alice', { context })];

    await tab.getByRole('button', { name: 'Sign out' }).click();

    for (const each of [tab, other]) {
      await each.getByRole('heading', { name: 'You are signed out' }).waitFor();
      expect(await each.evaluate('sessionStorage.getItem("tokens")')).toBeNull();
    }
    await tab.getByRole('button', { name: 'Sign in' }).click();
    await tab.getByRole('link', { name: 'Sign in as alice' }).waitFor();
  });
});
