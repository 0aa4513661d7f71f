import { describe } from '@jest/globals';
import { chromiumPath } from './launch-browser.ts';

const there = chromiumPath !== undefined && !process.env.CI;
if (!there) console.warn('In CI, or with no Chromium here, the tests in a browser are skipped.');

/** `describe` for tests that need the system's Chromium. */
export const inBrowser = there ? describe : describe.skip;
