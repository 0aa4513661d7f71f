import { afterAll, afterEach, beforeAll } from '@jest/globals';
import type { Browser } from 'playwright-core';
import { anApi } from './api.ts';
import { aCloud, type TestCloud } from './cloud.ts';
import { launchBrowser } from './launch-browser.ts';

/** A cloud and a browser for the tests of a `describe`; each test's tabs are closed after it. */
export function aPageCloud(options: { auth?: boolean } = {}) {
  let local: TestCloud;
  let browser: Browser;
  beforeAll(async () => {
    local = await aCloud(options);
    browser = await launchBrowser();
  });
  afterEach(() => Promise.all(browser.contexts().map((context) => context.close())));
  afterAll(async () => {
    await browser?.close();
    await local?.stop();
  });
  return {
    browser: () => browser,
    pageUrl: () => local.cloud.pageUrl ?? '',
    api: () => anApi(local.cloud.apiUrl),
    tokens: () => local.cloud.tokens ?? {},
  };
}
