/** One kind of recording that people have, made by ffmpeg. */
export interface Variant {
  name: string;
  /** Its ending names the container. */
  file: string;
  /** Of the picture as it's shown, default 320 × 180; `false`: sound only. */
  size?: [width: number, height: number] | false;
  /** Default 30. */
  rate?: string;
  /** Default: beeps in stereo. */
  sound?: 'beeps' | 'silence' | 'none';
  /** Filters between the picture as it's shown and the encoder. */
  pictureFilters?: string;
  soundFilters?: string;
  /** Output options; codecs first of all. */
  options: string[];
  /** How it was muxed is changed afterwards, from one path to another. */
  remux?: (from: string, to: string) => void;
  /** Of the clip in the source's own shape; default: `size`. */
  clipSize?: [width: number, height: number];
  /** Of the clip; default: that of the source. */
  clipRate?: string;
  /** How much later everything is by the container's own clock. */
  delaySeconds?: number;
  /** How many flashes must have their beep; default: all. */
  pairs?: number;
}

export const h264 = ['-c:v', 'libx264', '-preset', 'ultrafast', '-pix_fmt', 'yuv420p', '-g', '45'];
export const aac = ['-c:a', 'aac', '-b:a', '128k'];

/** What the encoder of Windows Media Audio puts before the sound, and ASF has no word for: 2048 samples. */
export const wmaDelaySeconds = 2048 / 48_000;
