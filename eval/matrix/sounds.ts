import { aac, h264, type Variant, wmaDelaySeconds } from './variant.ts';

const only: Pick<Variant, 'size' | 'clipSize'> = { size: false, clipSize: [1280, 720] };

/** What can be odd about sound. */
export const sounds: Variant[] = [
  { name: 'mono, 22 kHz', file: 'mono.mp4', options: [...h264, ...aac, '-ac', '1', '-ar', '22050'] },
  {
    name: '5.1, AAC',
    file: 'surround.mp4',
    soundFilters: 'pan=5.1|FL=c0|FR=c1|FC=0*c0|LFE=0*c0|BL=0*c0|BR=0*c0',
    options: [...h264, ...aac],
  },
  {
    name: '5.1, AC-3, voice in the centre',
    file: 'surround.mkv',
    soundFilters: 'pan=5.1|FL=0*c0|FR=0*c0|FC=c0|LFE=0*c0|BL=0*c0|BR=0*c0',
    options: [...h264, '-c:a', 'ac3', '-b:a', '448k'],
  },
  {
    name: '96 kHz, 24 bit',
    file: 'fine.mkv',
    options: [...h264, '-ar', '96000', '-c:a', 'flac', '-sample_fmt', 's32'],
  },
  {
    name: 'several tracks, the second one chosen',
    file: 'tracks.mkv',
    options: [...h264, ...aac, '-map', '2:a', '-disposition:a:0', '0', '-disposition:a:1', 'default'],
  },
  { name: 'no sound', file: 'mute.mp4', sound: 'none', options: h264 },
  { name: 'silence', file: 'silence.mp4', sound: 'silence', options: [...h264, ...aac] },
  { name: 'very quiet', file: 'quiet.mkv', soundFilters: 'volume=-14dB', options: [...h264, '-c:a', 'flac'] },
  {
    name: 'much too loud',
    file: 'loud.mkv',
    soundFilters: 'volume=13dB',
    options: [...h264, '-c:a', 'flac'],
  },
  { name: 'MP3', file: 'only.mp3', ...only, options: ['-c:a', 'libmp3lame', '-b:a', '128k'] },
  { name: 'WAV', file: 'only.wav', ...only, options: ['-c:a', 'pcm_s16le'] },
  { name: 'M4A', file: 'only.m4a', ...only, options: aac },
  { name: 'FLAC', file: 'only.flac', ...only, options: ['-c:a', 'flac'] },
  { name: 'Ogg Opus', file: 'only.opus', ...only, options: ['-c:a', 'libopus'] },
  { name: 'AAC, bare', file: 'only.aac', ...only, options: aac },
  { name: 'AIFF', file: 'only.aiff', ...only, options: ['-c:a', 'pcm_s16be'] },
  { name: 'WMA', file: 'only.wma', delaySeconds: wmaDelaySeconds, ...only, options: ['-c:a', 'wmav2'] },
];
