import { describe, expect, it } from '@jest/globals';
import { readDecodable } from '../../core/media/ffmpeg/decoders.ts';
import type { Tools } from '../../core/media/ffmpeg/tools.ts';
import type { FfprobeStream } from '../../core/media/probe/ffprobe-report.ts';
import { measureLength } from '../../core/media/probe/measure-length.ts';
import { readFacts } from '../../core/media/probe/read-facts.ts';

const video: FfprobeStream = {
  ...{ index: 0, codec_type: 'video', codec_name: 'h264', width: 1920, height: 1080 },
  ...{ avg_frame_rate: '30/1', r_frame_rate: '30/1', start_time: '0.0', duration: '60.0' },
};
const audio: FfprobeStream = {
  ...{
    index: 1,
    codec_type: 'audio',
    codec_name: 'aac',
    channels: 2,
    sample_rate: '48000',
    duration: '60.1',
  },
};
const decodable = new Set(['h264', 'aac', 'mjpeg']);
const format = { start_time: '0.0', duration: '60.1' };

describe('the facts of a source', () => {
  it('are those of the tracks that players choose: the default ones', () => {
    const second = { ...audio, index: 2, disposition: { default: 1 } };

    const facts = readFacts({ format, streams: [video, audio, second] }, 'mov', decodable);

    expect(facts.audio?.streamIndex).toBe(2);
  });

  it('end where the picture ends, as no clip can reach farther', () => {
    expect(readFacts({ format, streams: [video, audio] }, 'mov', decodable).durationSeconds).toBe(60);
  });

  it('fall back to the length of the file', () => {
    const { duration, ...endless } = video;

    expect(duration).toBeDefined();
    expect(readFacts({ format, streams: [endless] }, 'matroska', decodable).durationSeconds).toBe(60.1);
    expect(
      readFacts({ format: {}, streams: [endless] }, 'matroska', decodable).durationSeconds,
    ).toBeUndefined();
  });

  it('count from the first packet of a transport stream', () => {
    const late = { ...video, start_time: '1.5' };

    const facts = readFacts(
      { format: { start_time: '1.4', duration: '60.1' }, streams: [late] },
      'mpegts',
      decodable,
    );

    expect(facts.clockStartSeconds).toBe(1.4);
    expect(facts.durationSeconds).toBeCloseTo(60.1, 5);
  });

  it('turn as players do: clockwise', () => {
    const turned = { ...video, side_data_list: [{ rotation: -90 }] };

    expect(readFacts({ format, streams: [turned] }, 'mov', decodable).video?.rotationDegrees).toBe(90);
    expect(
      readFacts({ format, streams: [{ ...video, tags: { rotate: '180' } }] }, 'mov', decodable).video
        ?.rotationDegrees,
    ).toBe(180);
  });

  it.each([
    ['is over in a frame', { duration: '0.04' }],
    ['is over in a frame, by its own tag', { duration: '60.1', tags: { DURATION: '00:00:00.040000000' } }],
    ['is a single one', { duration: '10.0', nb_frames: '1' }],
  ])('take a picture for a cover that %s while the sound goes on', (_, track) => {
    const cover = { ...video, codec_name: 'mjpeg', ...track };

    const facts = readFacts({ format, streams: [cover, audio] }, 'mov', decodable);

    expect(facts).toMatchObject({ kind: 'audio', durationSeconds: 60.1 });
    expect(facts.video).toBeUndefined();
  });

  it.each([
    ['shown as long as there is sound', { duration: '60.0', nb_frames: '1' }, '60.1'],
    ['of a second, with sound of a second', { duration: '1.0', nb_frames: '30' }, '1.05'],
  ])('take no picture for a cover that is %s', (_, track, soundSeconds) => {
    const streams = [
      { ...video, ...track },
      { ...audio, duration: soundSeconds },
    ];

    expect(readFacts({ format, streams }, 'mov', decodable).kind).toBe('video');
  });

  it('tell a phone’s HDR', () => {
    const hlg = { ...video, color_transfer: 'arib-std-b67' };

    expect(readFacts({ format, streams: [hlg] }, 'mov', decodable).video?.highDynamicRange).toBe(true);
  });

  it('are refused when there is nothing to play, or too much', () => {
    const unknown = { ...video, codec_name: 'h267' };
    const spatial = { ...audio, codec_name: 'apac' };
    const tracks = Array.from({ length: 65 }, () => audio);

    expect(() => readFacts({ format, streams: [] }, 'mov', decodable)).toThrow(
      /neither a video nor an audio/,
    );
    expect(() => readFacts({ format, streams: [unknown] }, 'mov', decodable)).toThrow(/picture .* h267/);
    expect(() => readFacts({ format, streams: [unknown, audio] }, 'mov', decodable)).toThrow(
      /picture .* h267/,
    );
    expect(() => readFacts({ format, streams: [video, spatial] }, 'mov', decodable)).toThrow(/sound .* apac/);
    expect(readFacts({ format, streams: [spatial, audio] }, 'mov', decodable).audio?.codec).toBe('aac');
    expect(() => readFacts({ format, streams: tracks }, 'mov', decodable)).toThrow(/65 tracks/);
  });
});

describe('a length that is not stated', () => {
  it('is counted for as long as a function may run: its deadline ends it, not a limit of ours', async () => {
    const wallSeconds: number[] = [];
    const tools: Tools = {
      ffmpeg: async (_, options) => {
        wallSeconds.push(options.wallSeconds);
      },
      ffprobe: async () => '',
      decodable: async () => decodable,
      writesText: async () => true,
      log: () => {},
    };
    const facts = readFacts({ format: {}, streams: [audio] }, 'matroska', decodable);

    await measureLength(tools, { url: 'http://127.0.0.1:1/', signal: new AbortController().signal }, facts);

    expect(wallSeconds).toEqual([15 * 60]);
  });
});

describe('what an ffmpeg can decode', () => {
  it('is what its first decoder for it can, if that may be used', () => {
    const printed = [
      'Codecs:',
      ' D..... = Decoding supported',
      ' -------',
      ' D.VI.S 012v                 Uncompressed 4:2:2 10-bit',
      ' DEV.LS h264                 H.264 / AVC (decoders: h264 h264_v4l2m2m ) (encoders: libx264 )',
      ' D.A.L. amr_nb               AMR-NB (Adaptive Multi-Rate NarrowBand) (decoders: amrnb )',
      ' D.V.L. vp6                  On2 VP6',
      ' .EV.L. av1                  Alliance for Open Media AV1 (encoders: librav1e )',
      ' D.V.LS hevc                 H.265 / HEVC (decoders: hevc_cuvid hevc )',
    ].join('\n');

    expect([...readDecodable(printed)]).toEqual(['h264', 'amr_nb', 'vp6']);
  });

  it('is not AV1 when all there is for it needs a graphics card', () => {
    const line = (names: string) => ` D.V.L. av1     Alliance for Open Media AV1 (decoders: ${names} )`;

    expect(readDecodable(line('av1 av1_cuvid')).has('av1')).toBe(false);
    expect(readDecodable(line('libdav1d av1')).has('av1')).toBe(true);
  });
});
