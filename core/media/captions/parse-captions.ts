import type { Cue } from './cue.ts';
import { plainText } from './plain-text.ts';

/** Hours may be missing, as WebVTT allows; SubRip parts the milliseconds by a comma. */
const time = /(?:(\d{1,4}):)?(\d{1,2}):(\d{1,2})[.,](\d{1,3})/.source;
const timing = new RegExp(`^\\s*${time}\\s*-->\\s*${time}(?:\\s|$)`);

/** Far more than a day of talk has. */
const maxCues = 100_000;
const maxCueCharacters = 1000;

/**
 * Reads SubRip (SRT) and WebVTT alike, leniently as players do: what is no cue is passed over, so any text
 * is read, if perhaps to none. Markup is taken off. Cues come in the order of their times.
 */
export function parseCaptions(text: string): Cue[] {
  const cues: Cue[] = [];
  const isVtt = /^\uFEFF?WEBVTT(?:\s|$)/.test(text);
  const lines = text
    .replace(/^\uFEFF/, '')
    .replaceAll('\0', '\uFFFD')
    .split(/\r\n|\n|\r/);
  for (let n = 0; n < lines.length && cues.length < maxCues; n += 1) {
    const times = timing.exec(lines[n]!);
    if (!times) continue;
    const body: string[] = [];
    while (n + 1 < lines.length && lines[n + 1]!.trim() !== '' && !timing.test(lines[n + 1]!)) {
      n += 1;
      body.push(lines[n]!);
    }
    const cue = {
      startSeconds: secondsOf(times.slice(1, 5)),
      endSeconds: secondsOf(times.slice(5, 9)),
      text: plainText(body.join('\n').slice(0, maxCueCharacters), { hasEntities: isVtt }),
    };
    if (cue.text !== '' && cue.endSeconds > cue.startSeconds) cues.push(cue);
  }
  return cues.sort((one, other) => one.startSeconds - other.startSeconds);
}

/** From digits to seconds, by whole milliseconds. */
function secondsOf([hours = '0', minutes, seconds, fraction = '']: (string | undefined)[]): number {
  const wholeSeconds = (Number(hours) * 60 + Number(minutes)) * 60 + Number(seconds);
  return (wholeSeconds * 1000 + Number(fraction.padEnd(3, '0'))) / 1000;
}
