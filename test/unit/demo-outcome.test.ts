import { describe, expect, it } from '@jest/globals';
import type { JobAnswer, StatusAnswer } from '../../cli/api/wire-types.ts';
import type { MadeFile } from '../../cli/download/download-clips.ts';
import { parseArguments } from '../../local/demo/arguments.ts';
import { outcomeJson } from '../../local/demo/outcome-json.ts';
import { outcomeText } from '../../local/demo/outcome-text.ts';
import type { Outcome } from '../../local/demo/run-demo.ts';

const demo = parseArguments(['long.mp4']) as Exclude<ReturnType<typeof parseArguments>, 'help'>;

const reason = 'Louder than most of the recording (+5 dB), with few pauses.';

function anOutcome(
  change: { job?: Partial<JobAnswer>; status?: Partial<StatusAnswer>; made?: [] } = {},
): Outcome {
  const clip = {
    clip_id: 1,
    segment_title: '1:02:03, a lively passage',
    video_url: 'http://127.0.0.1/clip?X-Amz-Signature=secret',
    poster_url: 'http://127.0.0.1/poster?X-Amz-Signature=secret',
    start_time: 3723.4,
    end_time: 3760.9,
    duration: 37.5,
    size: 5_250_000,
    files: [],
  };
  const source = { shape: 'source', fit: null };
  const files: MadeFile[] = [
    { kind: 'video', format: 'mp4', ...source, path: 'clips/1-lively.mp4' },
    { kind: 'poster', format: 'jpg', ...source, path: 'clips/1-lively.jpg' },
    { kind: 'captions', format: 'srt', shape: null, fit: null, path: 'clips/1-lively.srt' },
  ];
  return {
    status: {
      job_id: 'job-1',
      status: 'completed',
      error_code: null,
      error_message: null,
      can_retry: false,
      progress: { total_segments: 1, clips_completed: 1, stage_percent: 0 },
      segments: [
        { id: 1, title: '', reason, clip_status: 'completed', clip_percent: 100, error_message: null },
      ],
      ...change.status,
    },
    job: {
      job_id: 'job-1',
      status: 'completed',
      filename: 'long.mp4',
      notes: [],
      source: { size: 1_000_000_000, deleted_at: '2026-01-01T00:00:10.500Z', duration: 7200 },
      audio: { size: 130_000_000, deleted_at: '2026-01-01T00:00:10.500Z' },
      bytes_read: { probe: 2_000_000, audio: 1_000_000_000, clips: 38_000_000 },
      bytes_freed: 1_130_000_000,
      cleanup: 'done',
      stages: [
        { name: 'awaiting_upload', started_at: '2026-01-01T00:00:00Z', ended_at: '2026-01-01T00:00:01Z' },
        { name: 'preprocessing', started_at: '2026-01-01T00:00:01Z', ended_at: '2026-01-01T00:00:03.500Z' },
        { name: 'completed', started_at: '2026-01-01T00:00:10Z', ended_at: null },
      ],
      ...change.job,
    },
    made: change.made ?? [{ clip, clipPath: 'clips/1-lively.mp4', posterPath: 'clips/1-lively.jpg', files }],
    uploadSeconds: 0.987,
    downloadSeconds: 0.2,
    totalSeconds: 12.3456,
  };
}

describe('outcomeJson', () => {
  it('is one line that says what was made, what was read, what is gone, and how long it took', () => {
    const line = outcomeJson(anOutcome());

    expect(line).not.toContain('\n');
    expect(JSON.parse(line)).toEqual({
      job_id: 'job-1',
      status: 'completed',
      clips: [
        {
          file: `${process.cwd()}/clips/1-lively.mp4`,
          poster: `${process.cwd()}/clips/1-lively.jpg`,
          title: '1:02:03, a lively passage',
          start_time: 3723.4,
          end_time: 3760.9,
          duration: 37.5,
          size: 5_250_000,
          files: [
            {
              file: expect.stringMatching(/^\/.*lively\.mp4$/),
              kind: 'video',
              shape: 'source',
              format: 'mp4',
              fit: null,
            },
            {
              file: expect.stringMatching(/lively\.jpg$/),
              kind: 'poster',
              shape: 'source',
              format: 'jpg',
              fit: null,
            },
            {
              file: expect.stringMatching(/lively\.srt$/),
              kind: 'captions',
              shape: null,
              format: 'srt',
              fit: null,
            },
          ],
        },
      ],
      source_deleted: true,
      audio_deleted: true,
      source_bytes: 1_000_000_000,
      bytes_read: 40_000_000,
      bytes_read_by: { probe: 2_000_000, audio: 1_000_000_000, clips: 38_000_000 },
      seconds: { upload: 0.99, preprocessing: 2.5, cleanup: 0.5, download: 0.2, total: 12.35 },
    });
  });

  it('calls the audio of a silent recording deleted only when the job is cleaned up', () => {
    const cleaned = JSON.parse(outcomeJson(anOutcome({ job: { audio: null } })));
    const due = JSON.parse(outcomeJson(anOutcome({ job: { audio: null, cleanup: 'due' } })));

    expect([cleaned.audio_deleted, due.audio_deleted]).toEqual([true, false]);
  });
});

describe('outcomeText', () => {
  it('shows each clip with its place, size and reason, and no URL', () => {
    const text = outcomeText(anOutcome(), demo);

    expect(text).toContain('1 clip from long.mp4 (1.00 GB, 2:00:00.00)');
    expect(text).toContain(
      `  clips/1-lively.mp4\n  clips/1-lively.srt\n      1:02:03.40 – 1:02:40.90, 37.50 s, 5.3 MB\n      ${reason}\n`,
    );
    expect(text).toContain(
      'Read  40.0 MB of the recording’s 1.00 GB (4.0 %) to cut the clips, and 1.00 GB to listen to its sound\n',
    );
    expect(text).toContain('read 2.50 s · cleanup 0.50 s');
    expect(text).toContain('Gone  source and audio, 1.13 GB freed');
    expect(text).not.toContain('http');
  });

  it('speaks of no sound where there was none', () => {
    const silent = { audio: null, bytes_read: { probe: 2_000_000, audio: 0, clips: 38_000_000 } };

    expect(outcomeText(anOutcome({ job: silent }), demo)).not.toMatch(/sound|audio/);
  });

  it('names the flags that remedy a recording that is too short', () => {
    const status = {
      status: 'failed',
      error_code: 'source_too_short',
      error_message: 'The recording is 4 s long.',
    } as const;

    const text = outcomeText(
      anOutcome({ status, job: { status: 'failed', cleanup: 'none' }, made: [] }),
      demo,
    );

    expect(text).toContain(
      'source_too_short\nThe recording is 4 s long.\nIn this command: --min-duration (it was 3)',
    );
    expect(text).toContain('the source is kept');
    expect(text).not.toContain('clips from');
  });
});
