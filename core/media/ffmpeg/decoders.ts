/**
 * The decoders that ffmpeg may open on a user's file: what cameras, phones, recorders and editors write.
 * Those of the libraries that some builds decode with are among them; ffmpeg's own `av1` is not, as it can do
 * nothing without a graphics card.
 * No still images but JPEG: a small PNG can unpack to gigabytes.
 */
export const decoders = [
  ...['h264', 'hevc', 'libdav1d', 'libaom-av1', 'vp8', 'libvpx', 'vp9', 'libvpx-vp9', 'theora'],
  ...['mpeg1video', 'mpeg2video', 'mpeg4', 'msmpeg4v1', 'msmpeg4v2', 'msmpeg4v3', 'msmpeg4', 'h263', 'h263p'],
  ...['flv1', 'flv', 'vp6f', 'vp6a', 'vp6', 'wmv1', 'wmv2', 'wmv3', 'vc1', 'svq1', 'svq3', 'cinepak'],
  ...['mjpeg', 'prores', 'dnxhd', 'dvvideo', 'ffv1', 'huffyuv', 'utvideo', 'qtrle', 'rawvideo'],

  ...[
    'aac',
    'aac_latm',
    'mp3',
    'mp3float',
    'mp2',
    'mp2float',
    'mp1',
    'mp1float',
    'ac3',
    'eac3',
    'dts',
    'dca',
  ],
  ...['flac', 'alac', 'opus', 'libopus', 'vorbis', 'libvorbis', 'speex', 'libspeex'],
  ...['wmav1', 'wmav2', 'wmapro', 'wmalossless', 'nellymoser'],
  ...['amr_nb', 'amrnb', 'libopencore_amrnb', 'amr_wb', 'amrwb', 'libopencore_amrwb'],
  ...['adpcm_ima_wav', 'adpcm_ima_qt', 'adpcm_ms', 'adpcm_swf'],
  ...['pcm_u8', 'pcm_s8', 'pcm_s16le', 'pcm_s16be', 'pcm_s24le', 'pcm_s24be', 'pcm_s32le', 'pcm_s32be'],
  ...['pcm_f32le', 'pcm_f32be', 'pcm_f64le', 'pcm_f64be', 'pcm_alaw', 'pcm_mulaw', 'pcm_bluray', 'pcm_dvd'],
] as const;

/** Makes ffmpeg say what it can read, for `readDecodable`. */
export const codecsArgs = ['-hide_banner', '-v', 'error', '-codecs'];

/**
 * The codecs, by ffprobe's names, that an ffmpeg can decode and may: builds differ, AV1 is missing in many. Its lines
 * are `DEV.L. av1  Alliance … (decoders: libdav1d av1 ) (encoders: … )`; without such a list the only
 * decoder has the codec's name, and of several it opens the first.
 */
export function readDecodable(printed: string): ReadonlySet<string> {
  const allowed: ReadonlySet<string> = new Set(decoders);
  const lines = [...printed.matchAll(/^ D.{5} (\S+)(.*)$/gm)];
  const names = lines.map(([, codec = '', rest = '']) => ({
    codec,
    decoder: /\(decoders: (\S+)/.exec(rest)?.[1] ?? codec,
  }));
  return new Set(names.filter(({ decoder }) => allowed.has(decoder)).map(({ codec }) => codec));
}
