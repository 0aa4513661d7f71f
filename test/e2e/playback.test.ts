import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { anApi } from '../support/api.ts';
import { inBrowser } from '../support/browser.ts';
import { aCloud, type TestCloud } from '../support/cloud.ts';
import { launchBrowser } from '../support/launch-browser.ts';
import { fixtures } from '../support/media.ts';

inBrowser('clips in Chromium', () => {
  let local: TestCloud;
  beforeAll(async () => {
    local = await aCloud();
  });
  afterAll(() => local.stop());

  it.each(['talk.mp4', 'speech.flac'])('of %s play, sound and picture', async (name) => {
    const api = anApi(local.cloud.apiUrl);
    const jobId = await api.start(join(fixtures, name), { segments: [{ start_time: 1, end_time: 5 }] });
    await api.ended(jobId);
    const { body } = await api.get(`/api/jobs/${jobId}/clips`);
    const page = createServer((_request, response) => {
      response.setHeader('content-type', 'text/html');
      response.end(
        `<video muted autoplay src="${body.clips[0].video_url.replaceAll('&', '&amp;')}"></video>`,
      );
    }).listen(0, '127.0.0.1');
    const browser = await launchBrowser();

    try {
      const tab = await browser.newPage();
      await tab.goto(`http://127.0.0.1:${(page.address() as AddressInfo).port}/`);
      // As text: these types are a browser's, not ours.
      const played = await tab.waitForFunction(`(() => {
        const video = document.querySelector('video');
        return video.currentTime > 1 && { width: video.videoWidth, duration: video.duration };
      })()`);

      const { width, duration } = (await played.jsonValue()) as { width: number; duration: number };
      expect(width).toBe(1280);
      expect(duration).toBeCloseTo(4, 1);
    } finally {
      await browser.close();
      page.close();
    }
  });
});
