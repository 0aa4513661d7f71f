import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { restartStalled } from '../../web/restart-stalled.ts';

const minuteMs = 60_000;
beforeEach(() => void jest.useFakeTimers());
afterEach(() => void jest.useRealTimers());

/** An upload under way: what of it is paused and resumed, and a part of it that arrives. */
function watched(change: object = {}) {
  const file = {
    id: 'talk',
    progress: { uploadStarted: 1, uploadComplete: false },
    isPaused: false,
    ...change,
  };
  const pauses: boolean[] = [];
  const net = { isOnline: true };
  let progress = () => {};
  const uppy = {
    on: (_: 'upload-progress', listener: (file: { id: string }) => void) => {
      progress = () => listener(file);
    },
    getFiles: () => [file],
    pauseResume: () => {
      file.isPaused = !file.isPaused;
      pauses.push(file.isPaused);
    },
  };
  restartStalled(uppy, () => net.isOnline);
  return { pauses, net, progress: () => progress() };
}

describe('an upload that stands still', () => {
  it('is broken off and taken up again after a minute, and after another one once more', () => {
    const { pauses } = watched();

    jest.advanceTimersByTime(minuteMs);
    expect(pauses).toEqual([]);
    jest.advanceTimersByTime(minuteMs / 2);
    expect(pauses).toEqual([true, false]);
    jest.advanceTimersByTime(1.5 * minuteMs);
    expect(pauses).toEqual([true, false, true, false]);
  });

  it('is left alone as long as it moves', () => {
    const { pauses, progress } = watched();

    for (let times = 0; times < 10; times += 1) {
      jest.advanceTimersByTime(0.9 * minuteMs);
      progress();
    }

    expect(pauses).toEqual([]);
  });

  it.each([
    ['not begun', { progress: { uploadStarted: null, uploadComplete: false } }],
    ['done', { progress: { uploadStarted: 1, uploadComplete: true } }],
    ['paused', { isPaused: true }],
    ['waiting for its file to be chosen again', { isGhost: true }],
    ['failed', { error: 'S3 said no' }],
  ])('is left alone where it is %s', (_, change) => {
    const { pauses } = watched(change);

    jest.advanceTimersByTime(5 * minuteMs);

    expect(pauses).toEqual([]);
  });

  it('has its minute again once there is a connection', () => {
    const { pauses, net } = watched();
    net.isOnline = false;

    jest.advanceTimersByTime(5 * minuteMs);
    net.isOnline = true;
    jest.advanceTimersByTime(minuteMs);
    expect(pauses).toEqual([]);
    jest.advanceTimersByTime(minuteMs / 2);
    expect(pauses).toEqual([true, false]);
  });
});
