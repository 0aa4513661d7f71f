import { expect, it } from '@jest/globals';
import { inBrowser } from '../support/browser.ts';
import { aPageCloud } from '../support/page-cloud.ts';
import { startTinyIssuer } from '../support/tiny-issuer.ts';

inBrowser('signing in to the page', () => {
  const { browser, pageUrl } = aPageCloud();

  it('goes to the issuer and comes back to where it was, with a token for each call that is renewed', async () => {
    const { issuer, grants, stop } = await startTinyIssuer('the-page');
    // The policy of this cloud knows no issuer.
    const context = await browser().newContext({ bypassCSP: true });
    const tab = await context.newPage();
    const sign_in = { issuer, client_id: 'the-page' };
    await tab.route('**/config.json', (route) => route.fulfill({ json: { sign_in } }));

    const [call] = await Promise.all([
      tab.waitForRequest((request) => request.url().includes('/api/jobs')),
      tab.goto(`${pageUrl()}#/jobs/an-unknown-job`),
    ]);

    const claims = JSON.parse(
      Buffer.from((await call.headerValue('authorization'))?.split('.')[1] ?? '', 'base64url').toString(),
    );
    expect(claims).toMatchObject({ sub: 'ada', aud: 'the-page' });
    expect(new URL(tab.url()).search).toBe('');
    expect(new URL(tab.url()).hash).toBe('#/jobs/an-unknown-job');
    expect(grants).toEqual(['authorization_code', 'refresh_token']);
    await tab.getByRole('button', { name: 'Sign out' }).waitFor();
    stop();
  });
});
