import { describe, expect, it } from '@jest/globals';
import type { StatusAnswer } from '../../cli/api/wire-types.ts';
import { type HumanStream, progressDisplay } from '../../cli/show/progress-display.ts';
import { type Progress, progressRows } from '../../cli/show/progress-rows.ts';
import type { UploadProgress } from '../../cli/upload/upload-meter.ts';

function aStatus(change: Partial<StatusAnswer> = {}): StatusAnswer {
  return {
    job_id: 'job-1',
    status: 'clipping',
    error_code: null,
    error_message: null,
    can_retry: false,
    progress: { total_segments: 2, clips_completed: 1, stage_percent: 0 },
    segments: [
      {
        id: 1,
        title: 'The joke',
        reason: '',
        clip_status: 'completed',
        clip_percent: 100,
        error_message: null,
      },
      {
        id: 2,
        title: 'The end',
        reason: '',
        clip_status: 'rendering',
        clip_percent: 30,
        error_message: null,
      },
    ],
    ...change,
  };
}

function anUpload(change: Partial<UploadProgress> = {}): UploadProgress {
  return { totalBytes: 100, sentBytes: 100, retries: 0, ...change };
}

function aProgress(change: Partial<Progress> = {}): Progress {
  return { upload: anUpload(), downloadedShare: 0, cleanedUp: false, status: aStatus(), ...change };
}

function aStream(terminal?: { columns: number; rows: number }) {
  const written: string[] = [];
  const stream = {
    write: (text: string) => written.push(text) > 0,
    isTTY: terminal !== undefined,
    ...terminal,
  };
  return { stream: stream as unknown as HumanStream, text: () => written.join('') };
}

describe('progressRows', () => {
  it('shows each stage and each clip where it stands', () => {
    const rows = progressRows(aProgress());

    expect(rows.map(({ label, percent, state }) => `${label}: ${percent} ${state}`)).toEqual([
      'Upload: 100 done',
      'Read the recording: 100 done',
      'Choose segments: 100 done',
      'Render clips: 65 running',
      '  1: 100 done',
      '  2: 30 running',
      'Download clips: 0 waiting',
      'Delete source and audio: 0 waiting',
    ]);
  });

  it('waits for everything before the upload has arrived', () => {
    const rows = progressRows(aProgress({ upload: anUpload({ sentBytes: 50 }), status: undefined }));

    expect(rows.map(({ state }) => state)).toEqual(['running', ...Array(5).fill('waiting')]);
  });

  it('shows where a job failed', () => {
    const status = aStatus({ status: 'preprocessing', segments: [] });

    const rows = progressRows(aProgress({ status, failed: true }));

    expect(rows.filter(({ state }) => state === 'failed').map(({ label }) => label)).toEqual([
      'Read the recording',
    ]);
  });

  it('is done when all is', () => {
    const status = aStatus({ status: 'completed', segments: [] });

    const rows = progressRows(aProgress({ status, downloadedShare: 1, cleanedUp: true }));

    expect(rows.every(({ percent, state }) => percent === 100 && state === 'done')).toBe(true);
  });
});

describe('progressDisplay', () => {
  it('writes a line a change where nobody can see bars move', () => {
    const { stream, text } = aStream();
    const display = progressDisplay(stream);

    display.show(progressRows(aProgress()));
    display.show(progressRows(aProgress()));

    expect(text().split('\n')).toEqual([
      'Upload: done (0.1 kB)',
      'Read the recording: done',
      'Choose segments: done',
      'Render clips: 65 % (1 of 2)',
      'Clip 1: done (The joke)',
      '',
    ]);
  });

  it('redraws bars in place on a terminal', () => {
    const { stream, text } = aStream({ columns: 80, rows: 24 });
    const display = progressDisplay(stream);

    display.show(progressRows(aProgress()));
    const first = text();
    display.show(progressRows(aProgress()));

    expect(first).toContain('  2                     ███░░░░░░░   30 %  The end\n');
    expect(text()).toBe(first); // nothing changed, nothing is written
  });

  it('stays within the terminal, however many clips there are', () => {
    const [clip] = aStatus().segments;
    const segments = Array.from({ length: 50 }, (_, index) => ({
      ...clip!,
      id: index,
      title: 'long '.repeat(40),
    }));
    const { stream, text } = aStream({ columns: 60, rows: 10 });

    progressDisplay(stream).show(progressRows(aProgress({ status: aStatus({ segments }) })));

    const lines = text().trimEnd().split('\n');
    expect(lines.length).toBeLessThan(10);
    expect(Math.max(...lines.map((line) => line.length))).toBeLessThan(60);
  });
});
