import type { Cue } from './cue.ts';

/** As WebVTT, the one that browsers read beside a video. */
export function writeVtt(cues: readonly Cue[]): string {
  const blocks = cues.map(
    ({ startSeconds, endSeconds, text }) =>
      `${clock(startSeconds, '.')} --> ${clock(endSeconds, '.')}\n${escapeVtt(text)}\n`,
  );
  return ['WEBVTT\n', ...blocks].join('\n');
}

/** As SubRip, the one that sites take for upload. It knows no escapes. */
export function writeSrt(cues: readonly Cue[]): string {
  return cues
    .map(
      ({ startSeconds, endSeconds, text }, index) =>
        `${index + 1}\n${clock(startSeconds, ',')} --> ${clock(endSeconds, ',')}\n${withoutArrows(text)}\n`,
    )
    .join('\n');
}

/** A line with an arrow would be read as the times of a next cue. */
function withoutArrows(text: string): string {
  return text.replaceAll('-->', '→');
}

function escapeVtt(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}

/** `01:02:03.456` */
function clock(seconds: number, point: '.' | ','): string {
  const milliseconds = Math.round(seconds * 1000);
  const two = (value: number) => String(Math.floor(value) % 60).padStart(2, '0');
  const hours = String(Math.floor(milliseconds / 3_600_000)).padStart(2, '0');
  const rest = String(milliseconds % 1000).padStart(3, '0');
  return `${hours}:${two(milliseconds / 60_000)}:${two(milliseconds / 1000)}${point}${rest}`;
}
