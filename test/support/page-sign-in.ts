import type { Page } from 'playwright-core';

/** The tokens that the page keeps in this tab. */
export const kept = async (tab: Page) =>
  JSON.parse(await tab.evaluate<string>('sessionStorage.getItem("tokens")'));

/** Puts others in their place; the page sees them when it's loaded anew. */
export const keep = (tab: Page, tokens: object) =>
  tab.evaluate(`sessionStorage.setItem("tokens", ${JSON.stringify(JSON.stringify(tokens))})`);

/** Loads the page anew. Answers what was sent as authorization by the calls until one was successful. */
export async function loadJobs(tab: Page): Promise<(string | null)[]> {
  const sent: Promise<string | null>[] = [];
  const isJobs = (url: string) => new URL(url).pathname === '/api/jobs';
  tab.on('request', (request) => {
    if (isJobs(request.url())) sent.push(request.headerValue('authorization'));
  });
  const answered = tab.waitForResponse((response) => isJobs(response.url()) && response.ok());
  await tab.reload();
  await answered;
  return Promise.all(sent);
}

/** Where the page asks who it is once more, in a window of its own. */
export async function signInAgain(tab: Page, user: string): Promise<void> {
  const [popup] = await Promise.all([
    tab.waitForEvent('popup'),
    tab.getByRole('button', { name: 'Sign in again' }).click(),
  ]);
  const closed = popup.waitForEvent('close');
  await popup.getByRole('link', { name: `Sign in as ${user}` }).click();
  await closed;
}
