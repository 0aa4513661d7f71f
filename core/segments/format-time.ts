/** A position as players show it: `0:07`, `12:40`, `1:02:03`. Fractions of a second are cut off, as players do. */
export function formatTime(seconds: number): string {
  const whole = Math.floor(Math.max(0, seconds));
  const hours = Math.floor(whole / 3600);
  const minutes = Math.floor((whole % 3600) / 60);
  const padded = String(whole % 60).padStart(2, '0');
  return hours > 0 ? `${hours}:${String(minutes).padStart(2, '0')}:${padded}` : `${minutes}:${padded}`;
}

/** A length in words: `0.4 s`, `42 s`, `12 min 40 s`, `1 h 2 min`. Never longer than the length itself. */
export function formatLength(seconds: number): string {
  if (seconds < 60) return `${Math.floor(seconds * 10) / 10} s`;
  const minutes = Math.floor(seconds / 60);
  if (minutes < 60) return joined(minutes, 'min', Math.floor(seconds % 60), 's');
  return joined(Math.floor(minutes / 60), 'h', minutes % 60, 'min');
}

function joined(major: number, majorUnit: string, minor: number, minorUnit: string): string {
  return minor === 0 ? `${major} ${majorUnit}` : `${major} ${majorUnit} ${minor} ${minorUnit}`;
}
