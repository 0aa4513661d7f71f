import { UnsupportedMedia } from '../../failures.ts';
import { limits } from '../../limits.ts';
import { type FfprobeReport, type FfprobeStream, secondsOf } from './ffprobe-report.ts';

export interface Tracks {
  video: FfprobeStream | undefined;
  audio: FfprobeStream | undefined;
  /** The video where there is one, else the audio. */
  leading: FfprobeStream;
}

/** A picture that is over by then, while the sound goes on, is no video: not even the shortest clip has room. */
export const coverSeconds = limits.clipSeconds.min;

/** The tracks that clips are made of. Throws UnsupportedMedia when there is none, or none that can be decoded. */
export function chooseTracks(report: FfprobeReport, decodable: ReadonlySet<string>): Tracks {
  const sounds = report.streams.filter(isSound);
  const pictures = report.streams.filter(isMovingPicture);
  const videos = pictures.filter((picture) => !isUnmarkedCover(report, picture, sounds));
  const video = choose('picture', videos, decodable);
  const audio = choose('sound', sounds, decodable);
  const leading = video ?? audio;
  if (!leading) throw new UnsupportedMedia('The file has neither a video nor an audio track.');
  return { video, audio, leading };
}

/** The one that players choose: marked as default, else the first. */
function choose(
  what: string,
  streams: FfprobeStream[],
  decodable: ReadonlySet<string>,
): FfprobeStream | undefined {
  const playable = streams.filter(({ codec_name = '' }) => decodable.has(codec_name));
  if (streams.length > 0 && playable.length === 0) {
    const codecs = streams.map(({ codec_name = 'unknown' }) => codec_name).join(', ');
    throw new UnsupportedMedia(`The recording's ${what} is in a format that we can't read: ${codecs}.`);
  }
  return playable.find(({ disposition }) => disposition?.default === 1) ?? playable[0];
}

export function isMovingPicture({ codec_type, disposition = {} }: FfprobeStream): boolean {
  const isStill = disposition.attached_pic || disposition.still_image || disposition.timed_thumbnails;
  return codec_type === 'video' && !isStill;
}

function isSound({ codec_type, channels = 0, sample_rate }: FfprobeStream): boolean {
  return codec_type === 'audio' && channels > 0 && Number(sample_rate) > 0;
}

/** Twice as long: even in a true video of a second the sound may end a little later. */
function isUnmarkedCover(report: FfprobeReport, picture: FfprobeStream, sounds: FfprobeStream[]): boolean {
  const seconds = lengthSeconds(report, picture);
  const isBrief = seconds <= coverSeconds || picture.nb_frames === '1';
  return isBrief && sounds.some((sound) => lengthSeconds(report, sound) > 2 * seconds);
}

/** The shortest that is stated: for some containers ffprobe gives each stream the length of the file. */
function lengthSeconds({ format }: FfprobeReport, { duration, tags }: FfprobeStream): number {
  const stated = [Number(duration), secondsOf(tags?.DURATION), Number(format.duration)];
  return Math.min(...stated.filter((seconds) => seconds > 0));
}
