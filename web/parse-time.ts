/** Seconds of `1:23:45`, `12:40`, `0:07.5` or `95`; undefined for what is no time. */
export function parseTime(text: string): number | undefined {
  const match = /^(?:(?:(\d+):)?(\d{1,2}):)?(\d+(?:[.,]\d+)?)$/.exec(text.trim());
  if (!match) return undefined;

  const [, hours = '0', minutes, rest = '0'] = match;
  const seconds = Number(rest.replace(',', '.'));
  // In a time with colons the last part is a clock's; alone it may be any number.
  if (minutes !== undefined && (seconds >= 60 || (match[1] !== undefined && Number(minutes) >= 60)))
    return undefined;
  return Number(hours) * 3600 + Number(minutes ?? 0) * 60 + seconds;
}
