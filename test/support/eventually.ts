import { setTimeout as delay } from 'node:timers/promises';

/** Waits until `holds` answers true; gives up after a minute, so that a test that fails also ends. */
export async function eventually(holds: () => boolean | Promise<boolean>): Promise<void> {
  for (let tries = 0; tries < 2400; tries += 1) {
    if (await holds()) return;
    await delay(25);
  }
  throw new Error(`It never came true: ${holds}`);
}
