import type { GivenSegment } from './api/wire-types.ts';
import { BadUsage } from './bad-usage.ts';

/** The service's limit for one clip. */
const longestSeconds = 300;

/**
 * `1:20-1:50=Title`: in point, out point, and what the clip is called, which may be left out.
 * Throws BadUsage.
 */
export function parseSegment(text: string): GivenSegment {
  const [range = '', title] = splitOnce(text, '=');
  const [start, end, ...more] = range.split(/[-–]/);
  if (end === undefined || more.length > 0) {
    throw new BadUsage(`--segment takes START-END=TITLE, as 1:20-1:50=Joke, not “${text}”.`);
  }
  const segment = { start_time: parseTime(start!), end_time: parseTime(end) };
  const seconds = segment.end_time - segment.start_time;
  if (seconds <= 0) throw new BadUsage(`--segment ${text} ends before it starts.`);
  if (seconds < 1 || seconds > longestSeconds) {
    throw new BadUsage(
      `--segment ${text} is ${seconds.toFixed(1)} s long; clips are 1 to ${longestSeconds} s.`,
    );
  }
  const trimmed = title?.trim();
  return trimmed ? { ...segment, title: trimmed } : segment;
}

/** Seconds of `80`, `80.5`, `1:20`, `90:00`, `1:02:03.25`, to the millisecond. Throws BadUsage. */
export function parseTime(text: string): number {
  const parts = text.trim().split(':');
  const isTime = parts.length <= 3 && parts.every((part, index) => isPlace(part, index, parts.length));
  if (!isTime) throw new BadUsage(`“${text}” is no time: 80.5, 1:20 and 1:02:03.5 are.`);
  const seconds = parts.reduce((sum, part) => sum * 60 + Number(part), 0);
  return Math.round(seconds * 1000) / 1000;
}

/** Only the first may be 60 or more, only the last may have a fraction. */
function isPlace(part: string, index: number, count: number): boolean {
  const shape = index === count - 1 ? /^\d+(\.\d+)?$/ : /^\d+$/;
  return shape.test(part) && (index === 0 || Number(part) < 60);
}

function splitOnce(text: string, separator: string): [string, string?] {
  const at = text.indexOf(separator);
  return at < 0 ? [text] : [text.slice(0, at), text.slice(at + 1)];
}
