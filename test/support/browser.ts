import { existsSync } from 'node:fs';
import { describe } from '@jest/globals';
import { type Browser, chromium } from 'playwright-core';

const executablePath = ['/usr/bin/chromium', '/usr/bin/google-chrome', '/usr/bin/chromium-browser'].find(
  existsSync,
);
const there = executablePath !== undefined && !process.env.CI;
if (!there) console.warn('In CI, or with no Chromium here, the tests in a browser are skipped.');

/** `describe` for tests that need the system's Chromium. */
export const inBrowser = there ? describe : describe.skip;

export function launchBrowser(): Promise<Browser> {
  return chromium.launch({ executablePath, args: ['--no-sandbox', '--disable-gpu'] });
}
