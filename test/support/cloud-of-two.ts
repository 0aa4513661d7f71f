import { afterAll, beforeAll } from '@jest/globals';
import { anApi } from './api.ts';
import { aCloud, type TestCloud } from './cloud.ts';

/** A cloud that asks for tokens, for all tests of a file, with a client of alice and one of bob. */
export function cloudOfTwo() {
  let local: TestCloud;
  let alice: ReturnType<typeof anApi>;
  let bob: ReturnType<typeof anApi>;
  beforeAll(async () => {
    local = await aCloud({ auth: true });
    alice = anApi(local.cloud.apiUrl, local.cloud.tokens?.alice);
    bob = anApi(local.cloud.apiUrl, local.cloud.tokens?.bob);
  });
  afterAll(() => local.stop());
  return { local: () => local, alice: () => alice, bob: () => bob };
}
