/** `0:04.93`, `1:02:03.40`. */
export function position(seconds: number): string {
  const hundredths = Math.round(seconds * 100);
  const hours = Math.floor(hundredths / 360_000);
  const minutes = Math.floor(hundredths / 6000) % 60;
  const rest = ((hundredths % 6000) / 100).toFixed(2).padStart(5, '0');
  return hours > 0 ? `${hours}:${String(minutes).padStart(2, '0')}:${rest}` : `${minutes}:${rest}`;
}

/** `0:05`, `1:02:03`; of times that are only estimates. */
export function duration(seconds: number): string {
  return position(Math.ceil(seconds)).replace(/\.\d+$/, '');
}

/** In the units that disks and providers use: 1 MB is a million bytes. */
export function readable(bytes: number): string {
  if (bytes >= 1e9) return `${(bytes / 1e9).toFixed(2)} GB`;
  return bytes >= 1e6 ? `${(bytes / 1e6).toFixed(1)} MB` : `${(bytes / 1e3).toFixed(1)} kB`;
}
