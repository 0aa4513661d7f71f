import { describe, expect, it } from '@jest/globals';
import type { Media, SourceFacts } from '../../core/media/types.ts';
import { startedJob } from '../support/job-deps.ts';
import { memoryMedia } from '../support/memory-media.ts';
import { runSteps } from '../support/run-job.ts';

const run = { jobId: 'job-1', attempt: 1 };

const video = { streamIndex: 0, codec: 'h264', widthPixels: 64, heightPixels: 64, pixelAspect: 1 };
const pictureOnly: SourceFacts = {
  kind: 'video',
  demuxer: 'mov',
  durationSeconds: 1000,
  clockStartSeconds: 0,
  video: { ...video, rotationDegrees: 0, framesPerSecond: 30, interlaced: false, highDynamicRange: false },
};

/** A job of a source without sound, done, whose pictures were looked at like this. */
async function doneWith(findScenes: Media['findScenes']) {
  const media = memoryMedia({ probe: async () => ({ facts: pictureOnly, bytesRead: 1 }), findScenes });
  const deps = { ...(await startedJob()), media };
  await runSteps(deps, run);
  return (await deps.jobs.get('job-1'))!;
}

describe('a source without sound', () => {
  it('is cut where its scenes begin', async () => {
    const { segments, audio, audioBytesRead } = await doneWith(async () => ({
      sceneSeconds: [12, 300, 760],
      bytesRead: 6,
    }));

    expect(segments?.map(({ startSeconds }) => startSeconds)).toEqual([300, 760]);
    expect(audio).toBeUndefined();
    expect(audioBytesRead).toBe(6);
  });

  it('is cut evenly where no scene was seen', async () => {
    const { segments } = await doneWith(async () => ({ sceneSeconds: [], bytesRead: 0 }));

    expect(segments?.map(({ startSeconds }) => startSeconds)).toEqual([245, 745]);
  });
});
