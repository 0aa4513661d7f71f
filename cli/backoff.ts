const baseMs = 500;
const capMs = 30_000;
/** Longer than any server should ask for; more would look like a command that hangs. */
const longestAskedMs = 10 * 60_000;

/**
 * How long to wait after so many failures in a row (1 or more): exponential with full jitter, so that many clients that
 * failed together don't come back together. `random` is 0–1.
 */
export function backoffMs(failures: number, random: number): number {
  return random * Math.min(capMs, baseMs * 2 ** (failures - 1));
}

/** What a `Retry-After` header asks for, seconds or a date; undefined where there is none that can be read. */
export function retryAfterMs(header: string | null | undefined, nowMs: number): number | undefined {
  if (!header) return undefined;
  const ms = /^\d+$/.test(header.trim()) ? Number(header) * 1000 : Date.parse(header) - nowMs;
  return Number.isNaN(ms) ? undefined : Math.min(longestAskedMs, Math.max(0, ms));
}
