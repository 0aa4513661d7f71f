import { existsSync } from 'node:fs';
import { type Browser, chromium } from 'playwright-core';

/** The system's own; undefined where there is none. */
export const chromiumPath = ['/usr/bin/chromium', '/usr/bin/google-chrome', '/usr/bin/chromium-browser'].find(
  existsSync,
);

export function launchBrowser(): Promise<Browser> {
  return chromium.launch({ executablePath: chromiumPath, args: ['--no-sandbox', '--disable-gpu'] });
}
